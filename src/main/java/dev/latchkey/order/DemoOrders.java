package dev.latchkey.order;

import java.time.Clock;
import java.util.List;
import java.util.Set;

import dev.latchkey.caller.User;
import dev.latchkey.caller.UserEvent;

import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Gives the demo's accounts a few orders when they are made.
 */
@Component
@Profile("demo")
class DemoOrders {

	private static final Set<String> ACCOUNTS = Set.of("admin@latchkey.dev", "test@latchkey.dev");

	private final OrderRepository orders;

	private final Clock clock;

	DemoOrders(OrderRepository orders, Clock clock) {
		this.orders = orders;
		this.clock = clock;
	}

	@EventListener
	void give(UserEvent.UserCreated event) {
		User owner = event.user();
		if (ACCOUNTS.contains(owner.email())) {
			for (String item : List.of("Brass key", "Door chain", "Spare latch")) {
				this.orders.insert(owner.id(), item, 1, this.clock.instant());
			}
		}
	}

}
