package dev.latchkey.order;

import java.net.URI;
import java.time.Clock;
import java.util.UUID;

import dev.latchkey.caller.Caller;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.Ids;
import dev.latchkey.value.InvalidValueException;
import dev.latchkey.value.Names;
import dev.latchkey.web.ItemPage;
import dev.latchkey.web.PageQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The caller's own orders.
 */
@RestController
@RequestMapping("/api/orders")
class OrderController {

	private final OrderRepository orders;

	private final Clock clock;

	OrderController(OrderRepository orders, Clock clock) {
		this.orders = orders;
		this.clock = clock;
	}

	@GetMapping
	@RequiresScope("orders:read")
	ItemPage<Order> list(@AuthenticationPrincipal Caller caller, PageQuery page) {
		return ItemPage.of(this.orders.list(caller.userId(), page.offset(), page.size()), page,
				this.orders.count(caller.userId()));
	}

	@GetMapping({ "/{id}", "/{id}/read" })
	@RequiresScope("orders:read")
	Order one(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		return this.orders.find(caller.userId(), id(id)).orElseThrow(ProblemException::notFound);
	}

	@PostMapping
	@RequiresScope("orders:write")
	ResponseEntity<Order> create(@AuthenticationPrincipal Caller caller, @RequestBody OrderBody body) {
		Wanted wanted = body.checked();
		Order made = this.orders.insert(caller.userId(), wanted.item(), wanted.quantity(), this.clock.instant());
		return ResponseEntity.created(URI.create("/api/orders/" + made.id())).body(made);
	}

	@PatchMapping("/{id}")
	@RequiresScope("orders:write")
	Order change(@AuthenticationPrincipal Caller caller, @PathVariable String id, @RequestBody OrderBody body) {
		Order old = one(caller, id);
		Wanted wanted = body.or(old).checked();
		return this.orders
			.update(caller.userId(), new Order(old.id(), wanted.item(), wanted.quantity(), old.createdAt()))
			.orElseThrow(ProblemException::notFound);
	}

	@DeleteMapping("/{id}")
	@RequiresScope("orders:write")
	ResponseEntity<Void> delete(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		if (!this.orders.delete(caller.userId(), id(id))) {
			throw ProblemException.notFound();
		}
		return ResponseEntity.noContent().build();
	}

	private static UUID id(String given) {
		return Ids.parse(given).orElseThrow(ProblemException::notFound);
	}

	/** What to order; on a change, what is left out stays as it is. */
	record OrderBody(@Nullable String item, @Nullable Integer quantity) {

		OrderBody or(Order old) {
			return new OrderBody((this.item != null) ? this.item : old.item(),
					Integer.valueOf((this.quantity != null) ? this.quantity : old.quantity()));
		}

		Wanted checked() {
			FieldFaults faults = new FieldFaults();
			String name = "";
			try {
				name = Names.parse(this.item, 200);
			}
			catch (InvalidValueException ex) {
				faults.add("item", ex.rule());
			}
			int number = (this.quantity != null) ? this.quantity : 0;
			if (number < 1) {
				faults.add("quantity", "must be at least 1");
			}
			faults.throwIfAny();
			return new Wanted(name, number);
		}

	}

	/** An order that can be placed. */
	private record Wanted(String item, int quantity) {

	}

}
