package dev.latchkey.api;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.latchkey.caller.User;
import dev.latchkey.testing.AtOnce;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody is always left to administer the server.
 */
@LatchkeyTest
class LastAdminTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	private List<UUID> others;

	private User last;

	private String token;

	@BeforeEach
	void leaveOneAdministrator() {
		this.others = this.jdbc.queryForList("select id from app_user where enabled and roles ~ 'ADMIN|SUPERUSER'",
				UUID.class);
		this.others.forEach((id) -> this.jdbc.update("update app_user set enabled = false where id = ?", id));
		this.last = this.people.superuser();
		this.token = this.people.raw(this.last, "*");
	}

	@AfterEach
	void bringTheOthersBack() {
		this.others.forEach((id) -> this.jdbc.update("update app_user set enabled = true where id = ?", id));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"roles\":[\"USER\"]}", "{\"roles\":[\"GUEST\"]}", "{\"enabled\":false}",
			"{\"roles\":[\"USER\"],\"enabled\":false}" })
	void theLastOneIsNeitherDemotedNorDisabled(String change) {
		assertLast(this.http.patch("/api/users/" + this.last.id(), this.token, change));
	}

	@Test
	void theLastOneIsNotDeleted() {
		assertLast(this.http.delete("/api/users/" + this.last.id(), this.token));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"roles\":[\"ADMIN\"]}", "{\"roles\":[\"USER\"]}", "{\"enabled\":false}" })
	void theLastSuperuserStaysAlsoWhereAnAdministratorIsLeft(String change) {
		this.people.admin();
		assertLast(this.http.patch("/api/users/" + this.last.id(), this.token, change));
		assertLast(this.http.delete("/api/users/" + this.last.id(), this.token));
	}

	@RepeatedTest(3)
	void ofTwoSuperusersWhoStepDownAtOnceOneStays() throws Exception {
		this.people.admin();
		User other = this.people.superuser();
		String others = this.people.raw(other, "*");
		AtomicBoolean first = new AtomicBoolean(true);
		AtOnce.call(2,
				() -> first.getAndSet(false)
						? this.http.patch("/api/users/" + this.last.id(), this.token, "{\"roles\":[\"ADMIN\"]}")
						: this.http.patch("/api/users/" + other.id(), others, "{\"roles\":[\"ADMIN\"]}"));
		assertThat(this.jdbc.queryForObject("select count(*) from app_user where enabled and roles ~ 'SUPERUSER'",
				Integer.class))
			.isEqualTo(1);
	}

	@Test
	void aDisabledAdministratorIsNoOther() {
		User disabled = this.people.superuser();
		this.http.patch("/api/users/" + disabled.id(), this.token, "{\"enabled\":false}");
		assertLast(this.http.delete("/api/users/" + this.last.id(), this.token));
	}

	@Test
	void theLastOneMayStillBeRenamedAndStayAnAdministrator() {
		assertThat(this.http.patch("/api/users/" + this.last.id(), this.token, "{\"name\":\"Last\"}").status())
			.isEqualTo(200);
		assertThat(this.http.patch("/api/users/" + this.last.id(), this.token, "{\"roles\":[\"SUPERUSER\",\"USER\"]}")
			.status()).isEqualTo(200);
	}

	@Test
	void withAnotherOneEachOfThemMayGo() {
		this.people.superuser();
		assertThat(this.http.patch("/api/users/" + this.last.id(), this.token, "{\"roles\":[\"USER\"]}").status())
			.isEqualTo(200);
	}

	@RepeatedTest(3)
	void ofTwoThatEndEachOtherAtOnceOneStays() throws Exception {
		User other = this.people.superuser();
		String othersToken = this.people.raw(other, "*");
		CyclicBarrier start = new CyclicBarrier(2);
		Callable<Answer> one = () -> {
			start.await();
			return this.http.patch("/api/users/" + other.id(), this.token, "{\"roles\":[\"USER\"]}");
		};
		Callable<Answer> two = () -> {
			start.await();
			return this.http.patch("/api/users/" + this.last.id(), othersToken, "{\"enabled\":false}");
		};
		ExecutorService clients = Executors.newFixedThreadPool(2);
		try {
			List<Integer> statuses = new ArrayList<>();
			for (var answer : clients.invokeAll(List.of(one, two))) {
				statuses.add(answer.get().status());
			}
			assertThat(statuses).contains(200).containsAnyOf(409, 403, 401).hasSize(2);
		}
		finally {
			clients.shutdownNow();
		}
		assertThat(this.jdbc.queryForObject("select count(*) from app_user where enabled and roles ~ 'ADMIN|SUPERUSER'",
				Integer.class))
			.isEqualTo(1);
	}

	private void assertLast(Answer answer) {
		assertThat(answer.status()).isEqualTo(409);
		assertThat(answer.code()).isEqualTo("last_admin");
		assertThat(this.http.get("/api/users/" + this.last.id(), this.token).<Boolean>json("enabled")).isTrue();
	}

}
