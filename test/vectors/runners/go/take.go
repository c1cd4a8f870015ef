package telemetry

import "math"

// This file stands beside the whole runtime, which no contract needs: what a single value becomes.
func init() {
	Answers["take"] = func(_ map[string]any, given given) (any, error) {
		taken := takeOf(given.Value)(deep(given.Given))
		if taken == nil {
			return map[string]any{}, nil
		}
		return map[string]any{"travels": jsonText(taken)}, nil
	}
}

func takeOf(value map[string]any) take {
	most, least := bound(value["most"], math.Inf(1)), bound(value["least"], math.Inf(-1))
	units := int(min(most, 1<<53))
	switch value["is"] {
	case "always":
		return always(unpacked(value["value"]))
	case "or-null":
		return orNull(takeOf(value["of"].(map[string]any)))
	case "flag":
		return boolean
	case "integer":
		return wholeIn(least, most)
	case "number":
		return numberIn(least, most)
	case "text":
		// In plain words, as the generator prints it.
		if pattern, is := value["go"].(string); is {
			return matching(units, pattern)
		}
		return plainText(units)
	case "line":
		return oneLine(units)
	case "one-of":
		if otherwise, is := value["otherwise"].(string); is {
			return oneOfOr(otherwise, all(value["values"])...)
		}
		return oneOf(all(value["values"])...)
	case "or-else":
		return orElse(takeOf(value["of"].(map[string]any)), value["otherwise"].(string))
	case "cut":
		return cut(takeOf(value["of"].(map[string]any)), units)
	case "list":
		return listOf(takeOf(value["of"].(map[string]any)), units)
	}
	edges, labels := []float64{}, []string{}
	for _, edge := range all(value["edges"]) {
		number, _ := finite(edge)
		edges = append(edges, number)
	}
	for _, label := range all(value["labels"]) {
		labels = append(labels, label.(string))
	}
	if value["is"] == "below" {
		return below(edges, labels...)
	}
	return upTo(edges, labels...)
}

func bound(stated any, otherwise float64) float64 {
	if number, is := finite(unpacked(stated)); is {
		return number
	}
	return otherwise
}

func all(list any) []any {
	items := []any{}
	for _, item := range list.([]any) {
		items = append(items, unpacked(item))
	}
	return items
}

// deep has what a program would give: null stands there, as nothing.
func deep(given any) any {
	switch value := given.(type) {
	case nil:
		return nothing{}
	case []any:
		items := []any{}
		for _, item := range value {
			items = append(items, deep(item))
		}
		return items
	}
	return unpacked(given)
}
