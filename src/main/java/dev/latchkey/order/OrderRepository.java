package dev.latchkey.order;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.value.Totals;
import org.hibernate.id.uuid.UuidVersion7Strategy;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Orders at rest; every statement names the owner, so that nobody reaches another's. What
 * changes something is a transaction, though it is one statement: if the database stops
 * answering, nothing is made later of which somebody was told that it could not be done.
 */
@Repository
class OrderRepository {

	private static final String COLUMNS = "id, item, quantity, created_at";

	private final JdbcClient jdbc;

	OrderRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	List<Order> list(UUID owner, int offset, int limit) {
		return this.jdbc
			.sql("select " + COLUMNS + " from customer_order where owner_id = ? order by created_at desc, id desc"
					+ " offset ? limit ?")
			.params(owner, offset, limit)
			.query(Order.class)
			.list();
	}

	/** Counts up to {@link Totals#COUNTED}. */
	long count(UUID owner) {
		return this.jdbc.sql("select count(*) from (select from customer_order where owner_id = ? limit ?) counted")
			.params(owner, Totals.COUNTED)
			.query(Long.class)
			.single();
	}

	Optional<Order> find(UUID owner, UUID id) {
		return this.jdbc.sql("select " + COLUMNS + " from customer_order where owner_id = ? and id = ?")
			.params(owner, id)
			.query(Order.class)
			.optional();
	}

	@Transactional
	Order insert(UUID owner, String item, int quantity, Instant now) {
		return this.jdbc
			.sql("insert into customer_order (id, owner_id, created_at, item, quantity)"
					+ " values (?, ?, ?, ?, ?) returning " + COLUMNS)
			.params(UuidVersion7Strategy.INSTANCE.generateUuid(null), owner, Timestamp.from(now), item, quantity)
			.query(Order.class)
			.single();
	}

	@Transactional
	Optional<Order> update(UUID owner, Order order) {
		return this.jdbc
			.sql("update customer_order set item = ?, quantity = ? where owner_id = ? and id = ? returning " + COLUMNS)
			.params(order.item(), order.quantity(), owner, order.id())
			.query(Order.class)
			.optional();
	}

	@Transactional
	boolean delete(UUID owner, UUID id) {
		return this.jdbc.sql("delete from customer_order where owner_id = ? and id = ?")
			.params(owner, id)
			.update() == 1;
	}

}
