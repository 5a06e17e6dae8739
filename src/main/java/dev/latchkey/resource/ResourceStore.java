package dev.latchkey.resource;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.latchkey.persistence.PrimaryAnswer;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The resources at rest.
 */
@Component
class ResourceStore {

	private static final String KEY = "hashtextextended('resources', 0)";

	private static final String ALL = """
			select r.name as resource, r.address, r.managed_by_settings, s.name, s.description, s.role, s.retired_at, standby
			from pg_is_in_recovery() as standby left join protected_resource r on true left join resource_scope s on s.resource = r.name
			order by r.name, s.position, s.name
			""";

	/** Milliseconds. A network that swallows everything holds nobody for longer. */
	private static final int TIMEOUT = 1500;

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	ResourceStore(JdbcTemplate template) {
		this.template = template;
		this.jdbc = JdbcClient.create(template);
	}

	/**
	 * Takes all resources alone until the transaction ends, after everybody who gives
	 * their scopes to a token and before everybody who comes later.
	 */
	void take() {
		this.jdbc.sql("select 1 from (select pg_advisory_xact_lock(" + KEY + ")) taken").query(Integer.class).single();
	}

	/** Keeps everybody from changing them until the transaction ends. */
	void lockForShare() {
		this.jdbc.sql("select 1 from (select pg_advisory_xact_lock_shared(" + KEY + ")) shared")
			.query(Integer.class)
			.single();
	}

	/**
	 * All, by name. Requests of good tokens wait for it, also within transactions, whose
	 * other statements may take the time that they took before.
	 */
	List<Resource> all() {
		return this.template.execute((Connection connection) -> {
			int before = connection.getNetworkTimeout();
			connection.setNetworkTimeout(Runnable::run, TIMEOUT);
			try (PreparedStatement statement = connection.prepareStatement(ALL)) {
				List<Resource> all = read(statement.executeQuery());
				connection.setNetworkTimeout(Runnable::run, before);
				return all;
			}
		});
	}

	private static List<Resource> read(ResultSet rows) throws SQLException {
		Map<String, Resource> found = new LinkedHashMap<>();
		Map<String, List<Scope>> scopes = new LinkedHashMap<>();
		while (rows.next()) {
			PrimaryAnswer.require(rows);
			String resource = rows.getString("resource");
			if (resource != null) {
				found.put(resource, new Resource(resource, rows.getString("address"),
						rows.getBoolean("managed_by_settings"), List.of()));
				List<Scope> own = scopes.computeIfAbsent(resource, (name) -> new ArrayList<>());
				if (rows.getString("name") != null) {
					own.add(scope(rows, resource));
				}
			}
		}
		return found.values()
			.stream()
			.map((one) -> new Resource(one.name(), one.address(), one.managedBySettings(),
					scopes.getOrDefault(one.name(), List.of())))
			.toList();
	}

	private static Scope scope(ResultSet row, String resource) throws SQLException {
		Timestamp retiredAt = row.getTimestamp("retired_at");
		return new Scope(row.getString("name"), row.getString("description"), Role.valueOf(row.getString("role")),
				false, resource, (retiredAt != null) ? retiredAt.toInstant() : null);
	}

	/** Lets other resources have the addresses of these, which are written anew. */
	void leaveAddresses(Collection<String> names) {
		this.jdbc.sql("update protected_resource set address = 'urn:latchkey:moving:' || name where name = any(:names)")
			.param("names", names.toArray(String[]::new))
			.update();
	}

	/** Writes the resource as it is to be, whether it was there before or not. */
	void write(Resource resource, Instant now) {
		this.jdbc
			.sql("""
					insert into protected_resource (name, address, managed_by_settings, created_at) values (:name, :address, :managed, :now)
					on conflict (name) do update set address = :address, managed_by_settings = :managed
					""")
			.param("name", resource.name())
			.param("address", resource.address())
			.param("managed", resource.managedBySettings())
			.param("now", Timestamp.from(now))
			.update();
		this.jdbc.sql("delete from resource_scope where resource = :resource and not name = any(:kept)")
			.param("resource", resource.name())
			.param("kept", resource.scopes().stream().map(Scope::name).toArray(String[]::new))
			.update();
		int position = 0;
		for (Scope scope : resource.scopes()) {
			write(resource.name(), scope, position++);
		}
	}

	private void write(String resource, Scope scope, int position) {
		this.jdbc.sql("""
				insert into resource_scope (name, resource, position, description, role, retired_at)
				values (:name, :resource, :position, :description, :role, :retiredAt)
				on conflict (name) do update set resource = :resource, position = :position,
				    description = :description, role = :role, retired_at = :retiredAt
				""")
			.param("name", scope.name())
			.param("resource", resource)
			.param("position", position)
			.param("description", scope.description())
			.param("role", scope.role().name())
			.param("retiredAt", timestamp(scope.retiredAt()))
			.update();
	}

	void delete(String name) {
		this.jdbc.sql("delete from protected_resource where name = ?").param(name).update();
	}

	private static @Nullable Timestamp timestamp(@Nullable Instant moment) {
		return (moment != null) ? Timestamp.from(moment) : null;
	}

}
