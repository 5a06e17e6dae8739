package dev.latchkey.token;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.UUID;

import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A token at rest is the same by whichever way it is read.
 */
@LatchkeyTest
class ApiTokenTests {

	@Autowired
	private People people;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private ApiTokenRepository tokens;

	@Test
	void aRowReadWithoutHibernateIsTheSameToken() throws IllegalAccessException {
		UUID id = this.people.token(this.people.user(), "user:read", "orders:read").details().id();
		assertThat(read(id)).usingRecursiveComparison().isEqualTo(this.tokens.findById(id).orElseThrow());
		this.jdbc
			.sql("""
					update api_token set family_id = gen_random_uuid(), predecessor_id = gen_random_uuid(),
					    parent_id = gen_random_uuid(), family_began_at = now(), client_id = 'frontend', description = 'nightly',
					    expires_at = now() + interval '1 day', not_before = now() - interval '1 day',
					    allowed_ips = '10.0.0.0/8', rate_limit = 7, max_role = 'USER', rotates_itself = true,
					    resources = 'latchkey', imported_number = 42, last_used_at = now(), last_used_ip = '10.1.2.3',
					    rotated_at = now(), revoked_at = now() + interval '1 hour', revocation_reason = 'rotated',
					    suspended_at = now(), end_chosen = true
					where id = :id
					""")
			.param("id", id)
			.update();
		ApiToken token = read(id);
		assertThat(token).usingRecursiveComparison().isEqualTo(this.tokens.findById(id).orElseThrow());
		for (Field field : ApiToken.class.getDeclaredFields()) {
			if (!Modifier.isStatic(field.getModifiers())) {
				field.setAccessible(true);
				assertThat(field.get(token)).as(field.getName()).isNotNull();
			}
		}
	}

	private ApiToken read(UUID id) {
		return this.jdbc.sql("select * from api_token where id = :id")
			.param("id", id)
			.query((row, number) -> ApiToken.read(row))
			.single();
	}

}
