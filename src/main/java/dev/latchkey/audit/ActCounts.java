package dev.latchkey.audit;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Counts what was done on this node, by what the audit calls it: tokens made, rotated and
 * revoked, sign-ins that failed, rights that were refused. What was rolled back is not
 * counted.
 */
@Component
class ActCounts implements MeterBinder {

	private final Map<AuditAction, LongAdder> counts = new EnumMap<>(AuditAction.class);

	ActCounts() {
		for (AuditAction action : AuditAction.values()) {
			this.counts.put(action, new LongAdder());
		}
	}

	@TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
	void on(AuditedAct act) {
		LongAdder count = this.counts.get(act.action());
		if (count != null) {
			count.increment();
		}
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.counts.forEach((action, count) -> FunctionCounter.builder("latchkey.acts", count, LongAdder::sum)
			.tag("action", action.value())
			.description("What was done, by what the audit calls it")
			.register(registry));
	}

}
