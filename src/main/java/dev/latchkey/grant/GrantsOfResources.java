package dev.latchkey.grant;

import java.util.Set;

import dev.latchkey.caller.Actor;
import dev.latchkey.resource.ResourceReferences;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes scopes that are removed out of what people have agreed to, and out of requests
 * that wait for an answer or a redemption. One that is being redeemed just now is passed
 * by: it waits for this, and then gets no such scope ({@link FlowTokens}).
 */
@Component
class GrantsOfResources implements ResourceReferences {

	private final JdbcClient jdbc;

	GrantsOfResources(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	@Transactional(propagation = Propagation.MANDATORY)
	public void forget(Actor by, Set<String> scopes, Set<String> resources) {
		run("""
				update oauth_consent set scopes = (
				    select coalesce(string_agg(name, ' '), '') from unnest(string_to_array(scopes, ' ')) as name
				    where name <> all(cast(:scopes as text[])))
				where string_to_array(scopes, ' ') && cast(:scopes as text[])
				""", scopes, resources);
		run("delete from oauth_consent where scopes = ''", scopes, resources);
		run("""
				delete from oauth_authorization where id = any(array(
				    select id from oauth_authorization where used_at is null
				        and (string_to_array(concat_ws(' ', wanted_scopes, granted_scopes), ' ') && cast(:scopes as text[])
				            or string_to_array(resources, ' ') && cast(:resources as text[]))
				    for update skip locked))
				""",
				scopes, resources);
		run("""
				delete from oauth_device where id = any(array(
				    select id from oauth_device
				    where string_to_array(concat_ws(' ', wanted_scopes, granted_scopes), ' ') && cast(:scopes as text[])
				        or string_to_array(resources, ' ') && cast(:resources as text[])
				    for update skip locked))
				""", scopes, resources);
	}

	private void run(String sql, Set<String> scopes, Set<String> resources) {
		this.jdbc.sql(sql)
			.param("scopes", scopes.toArray(String[]::new))
			.param("resources", resources.toArray(String[]::new))
			.update();
	}

}
