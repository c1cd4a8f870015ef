package telemetry

// This file stands beside a client that sends each event by itself.

func (a *around) core() *core { return a.client.outbox.core }

func (a *around) at(now int64) {
	if now > 0 {
		a.now = now
	}
}

func (a *around) between() { a.wait() }

func (a *around) later() {}

func kept(given) int { return 0 }
