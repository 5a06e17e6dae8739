package dev.latchkey.moving;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.OtherSettingsTest;
import dev.latchkey.testing.People;
import dev.latchkey.token.TokensImported;
import dev.latchkey.value.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * With a pepper, tokens of other systems work as without one, and rest under it as all
 * others do.
 */
@OtherSettingsTest
class ImportUnderPepperTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private ApplicationEventPublisher events;

	private final String secret = UUID.randomUUID().toString().replace("-", "") + "x";

	private User owner;

	private String admin;

	@BeforeEach
	void makePeople() {
		this.owner = this.people.user();
		this.admin = this.people.raw(this.people.superuser(), "users:write");
	}

	@AfterEach
	void moveOut() {
		this.jdbc.update("delete from api_token where imported_from is not null");
		this.events.publishEvent(new TokensImported());
	}

	@Test
	void aTokenOfSanctumWorksAndRestsUnderThePepper() {
		assertWorks("sanctum", "id,tokenable_id,name,token,abilities\n17,%s,CI,%s,\"[\"\"user:read\"\"]\"\n", hash(),
				"17|" + this.secret);
	}

	@Test
	void aTokenOfShieldWorksAndRestsUnderThePepper() {
		assertWorks("shield", "id,user_id,type,name,secret,extra\n3,%s,access_token,CI,%s,\"[\"\"user:read\"\"]\"\n",
				hash(), this.secret);
	}

	@Test
	void aHashOfAListWorksAndRestsUnderThePepper() {
		assertWorks("hashes", "email,hash,scopes\n%s,%s,user:read\n", hash(), this.secret);
	}

	@Test
	void aRawKeyWorksAndRestsUnderThePepper() {
		assertWorks("keys", "email,key,scopes\n%s,%s,user:read\n", this.secret, this.secret);
	}

	private void assertWorks(String source, String table, String kept, String presented) {
		String file = table.formatted(this.owner.email(), kept);
		assertThat(take(source, file).body()).isEqualTo("{\"imported\":1,\"unchanged\":0,\"refused\":[]}");
		assertThat(status(presented)).isEqualTo(200);
		assertThat(status(presented + "y")).isEqualTo(401);
		assertThat(take(source, file).<Integer>json("unchanged")).isEqualTo(1);
		await().until(() -> this.jdbc.queryForList("select digest from api_token where imported_from is not null",
				byte[].class), (digests) -> digests.size() == 1 && digests.get(0).length == 33);
		assertThat(status(presented)).isEqualTo(200);
		assertThat(this.jdbc.queryForObject(
				"select count(*) from api_token where position(cast(? as bytea) in digest) > 0", Integer.class,
				(Object) HexFormat.of().parseHex(hash())))
			.isZero();
	}

	private int status(String presented) {
		return this.http.send("GET", "/api/user", null, Map.of("X-Api-Token", List.of("Bearer " + presented))).status();
	}

	private Answer take(String source, String table) {
		return this.http.send("POST", "/api/import/" + source, table,
				Map.of("X-Api-Token", List.of("Bearer " + this.admin), "Content-Type", List.of("text/csv")));
	}

	private String hash() {
		return HexFormat.of().formatHex(Sha256.of(this.secret));
	}

}
