//! As much of JSON as vectors need.

#[derive(Debug)]
pub enum Json {
    Null,
    Flag(bool),
    Number(f64),
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub fn at(&self, key: &str) -> &Json {
        self.get(key).unwrap_or(&Json::Null)
    }

    pub fn get(&self, key: &str) -> Option<&Json> {
        let Json::Object(entries) = self else { return None };
        entries.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    pub fn text(&self) -> Option<&str> {
        if let Json::Text(text) = self { Some(text) } else { None }
    }

    pub fn number(&self) -> Option<f64> {
        match self {
            Json::Number(number) => Some(*number),
            // {"$number": "NaN"}
            _ => self.get("$number")?.text()?.replace("Infinity", "inf").parse().ok(),
        }
    }

    #[allow(dead_code)]
    pub fn items(&self) -> Option<&Vec<Json>> {
        if let Json::Array(items) = self { Some(items) } else { None }
    }

    #[allow(dead_code)]
    pub fn entries(&self) -> Option<&Vec<(String, Json)>> {
        if let Json::Object(entries) = self { Some(entries) } else { None }
    }

    #[allow(dead_code)]
    pub fn whole(&self) -> Option<i64> {
        self.number().filter(|one| one.fract() == 0.0 && one.abs() < 9e18).map(|one| one as i64)
    }

    #[allow(dead_code)]
    pub fn flag(&self) -> Option<bool> {
        if let Json::Flag(flag) = self { Some(*flag) } else { None }
    }
}

pub fn parse(text: &str) -> Json {
    let all: Vec<char> = text.chars().collect();
    value(&all, &mut 0)
}

fn value(all: &[char], at: &mut usize) -> Json {
    skip(all, at);
    match all[*at] {
        '{' => Json::Object(items(all, at, '}', |all, at| {
            skip(all, at);
            let key = string(all, at);
            skip(all, at);
            *at += 1;
            (key, value(all, at))
        })),
        '[' => Json::Array(items(all, at, ']', value)),
        // Half of a pair is in no text of Rust's.
        '"' => units(all, at).map_or(Json::Null, Json::Text),
        't' => word(at, 4, Json::Flag(true)),
        'f' => word(at, 5, Json::Flag(false)),
        'n' => word(at, 4, Json::Null),
        _ => {
            let start = *at;
            while *at < all.len() && "+-.eE0123456789".contains(all[*at]) {
                *at += 1;
            }
            Json::Number(all[start..*at].iter().collect::<String>().parse().unwrap())
        }
    }
}

fn word(at: &mut usize, length: usize, value: Json) -> Json {
    *at += length;
    value
}

fn items<T>(all: &[char], at: &mut usize, end: char, read: impl Fn(&[char], &mut usize) -> T) -> Vec<T> {
    *at += 1;
    let mut found = Vec::new();
    loop {
        skip(all, at);
        if all[*at] == end {
            *at += 1;
            return found;
        }
        if all[*at] == ',' {
            *at += 1;
        }
        found.push(read(all, at));
    }
}

fn skip(all: &[char], at: &mut usize) {
    while *at < all.len() && all[*at].is_whitespace() {
        *at += 1;
    }
}

fn string(all: &[char], at: &mut usize) -> String {
    units(all, at).unwrap_or_default()
}

fn units(all: &[char], at: &mut usize) -> Option<String> {
    let mut units: Vec<u16> = Vec::new();
    *at += 1;
    while all[*at] != '"' {
        let mut one = all[*at];
        if one == '\\' {
            *at += 1;
            one = match all[*at] {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'b' => '\u{8}',
                'f' => '\u{c}',
                'u' => {
                    let hex: String = all[*at + 1..*at + 5].iter().collect();
                    units.push(u16::from_str_radix(&hex, 16).unwrap());
                    *at += 5;
                    continue;
                }
                other => other,
            };
        }
        units.extend(one.encode_utf16(&mut [0; 2]).iter());
        *at += 1;
    }
    *at += 1;
    String::from_utf16(&units).ok()
}

pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for one in text.chars() {
        if one == '"' || one == '\\' {
            out.push('\\');
        }
        if one < ' ' {
            out.push_str(&format!("\\u{:04x}", u32::from(one)));
        } else {
            out.push(one);
        }
    }
    out.push('"');
    out
}

pub fn written(value: &Json) -> String {
    match value {
        Json::Null => String::from("null"),
        Json::Flag(flag) => flag.to_string(),
        Json::Number(number) => number.to_string(),
        Json::Text(text) => quoted(text),
        Json::Array(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(",")),
        Json::Object(entries) => {
            let all = entries.iter().map(|(name, one)| format!("{}:{}", quoted(name), written(one)));
            format!("{{{}}}", all.collect::<Vec<_>>().join(","))
        }
    }
}
