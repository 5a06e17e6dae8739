package dev.latchkey.order;

import java.util.List;
import java.util.UUID;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

@LatchkeyTest
class OrderTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	private String token;

	@BeforeEach
	void makeToken() {
		this.token = this.people.raw(this.people.user(), "orders:read", "orders:write");
	}

	@Test
	void anOrderIsPlacedSeenChangedAndCancelled() {
		Answer made = place("{\"item\":\" tea \",\"quantity\":2}");
		assertThat(made.status()).isEqualTo(201);
		String path = made.header("Location");
		assertThat(path).isEqualTo("/api/orders/" + made.<String>json("id"));
		assertThat(made.<String>json("item")).isEqualTo("tea");
		assertThat(this.http.get(path, this.token).body()).isEqualTo(made.body());
		assertThat(this.http.get(path + "/read", this.token).body()).isEqualTo(made.body());
		Answer changed = this.http.patch(path, this.token, "{\"quantity\":3}");
		assertThat(changed.status()).isEqualTo(200);
		assertThat(changed.<String>json("item")).isEqualTo("tea");
		assertThat(changed.<Integer>json("quantity")).isEqualTo(3);
		assertThat(this.http.get("/api/orders", this.token).<Integer>json("total")).isEqualTo(1);
		assertThat(this.http.delete(path, this.token).status()).isEqualTo(204);
		assertThat(this.http.delete(path, this.token).code()).isEqualTo("not_found");
		assertThat(this.http.get(path, this.token).code()).isEqualTo("not_found");
		assertThat(this.http.get("/api/orders", this.token).<Integer>json("total")).isZero();
	}

	/** Or a database that has been given up would make it when it goes on. */
	@ParameterizedTest
	@ValueSource(strings = { "insert", "update", "delete" })
	void whatChangesOrdersIsATransaction(String change) {
		assertThat(OrderRepository.class.getDeclaredMethods()).filteredOn((method) -> method.getName().equals(change))
			.isNotEmpty()
			.allMatch((method) -> method.isAnnotationPresent(Transactional.class));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"quantity":1}                         | item
			{"item":null,"quantity":1}             | item
			{"item":" ","quantity":1}              | item
			{"item":"a\\u0000b","quantity":1}      | item
			{"item":"a\\u202eb","quantity":1}      | item
			{"item":"\\u200b","quantity":1}        | item
			{"item":"tea"}                         | quantity
			{"item":"tea","quantity":0}            | quantity
			{"item":"tea","quantity":-1}           | quantity
			""")
	void whatIsNotAcceptableIsNamed(String body, String field) {
		Answer answer = place(body);
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactly(field);
	}

	@Test
	void allThatIsNotAcceptableIsNamedAtOnce() {
		String id = place("{\"item\":\"tea\",\"quantity\":2}").json("id");
		String wrong = "{\"item\":\" \",\"quantity\":0}";
		for (Answer answer : List.of(place(wrong), place("{}"),
				this.http.patch("/api/orders/" + id, this.token, wrong))) {
			assertThat(answer.status()).isEqualTo(422);
			assertThat(answer.<List<String>>json("errors[*].field")).containsExactly("item", "quantity");
		}
	}

	@Test
	void anItemHasAtMostTwoHundredCharacters() {
		assertThat(place("{\"item\":\"%s\",\"quantity\":1}".formatted("x".repeat(200))).status()).isEqualTo(201);
		assertThat(place("{\"item\":\"%s\",\"quantity\":1}".formatted("x".repeat(201))).status()).isEqualTo(422);
	}

	@Test
	void somebodyElsesOrderIsNotThere() {
		String id = place("{\"item\":\"tea\",\"quantity\":2}").json("id");
		String stranger = this.people.raw(this.people.admin(), "*");
		for (String path : List.of("/api/orders/" + id, "/api/orders/" + UUID.randomUUID(), "/api/orders/nonsense")) {
			assertThat(this.http.get(path, stranger).code()).isEqualTo("not_found");
			assertThat(this.http.get(path + "/read", stranger).code()).isEqualTo("not_found");
			assertThat(this.http.patch(path, stranger, "{\"quantity\":9}").code()).isEqualTo("not_found");
			assertThat(this.http.delete(path, stranger).code()).isEqualTo("not_found");
		}
		assertThat(this.http.get("/api/orders", stranger).<Integer>json("total")).isZero();
		assertThat(this.http.get("/api/orders/" + id, this.token).<Integer>json("quantity")).isEqualTo(2);
	}

	@Test
	void readingAndWritingAreScopesOfTheirOwn() {
		String id = place("{\"item\":\"tea\",\"quantity\":2}").json("id");
		String reader = this.people.raw(this.people.user(), "orders:read");
		String writer = this.people.raw(this.people.user(), "orders:write");
		assertThat(this.http.post("/api/orders", reader, "{}").code()).isEqualTo("insufficient_scope");
		assertThat(this.http.delete("/api/orders/" + id, reader).code()).isEqualTo("insufficient_scope");
		assertThat(this.http.get("/api/orders", writer).code()).isEqualTo("insufficient_scope");
		assertThat(this.http.get("/api/orders/%s/read".formatted(id), writer).code()).isEqualTo("insufficient_scope");
		assertThat(this.http.get("/api/orders", this.people.raw(this.people.user(), "orders:*")).status())
			.isEqualTo(200);
	}

	private Answer place(String json) {
		return this.http.post("/api/orders", this.token, json);
	}

}
