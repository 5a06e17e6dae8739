package dev.latchkey.audit;

import dev.latchkey.caller.AuditedAct;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Hears what happens everywhere and has it written.
 */
@Component
class AuditListener {

	private final AuditLog log;

	private final RefusalAggregator refusals;

	AuditListener(AuditLog log, RefusalAggregator refusals) {
		this.log = log;
		this.refusals = refusals;
	}

	@EventListener
	void on(AuditedAct act) {
		if (act.action().isFolded()) {
			this.refusals.add(act);
		}
		else {
			this.log.write(act);
		}
	}

}
