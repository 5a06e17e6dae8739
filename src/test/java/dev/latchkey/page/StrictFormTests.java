package dev.latchkey.page;

import java.lang.reflect.Parameter;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Routes.Handled;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What no form of ours sends is refused, at every form and of every field, and leaves
 * nothing of what was sent in the log.
 */
@LatchkeyTest
@ExtendWith(OutputCaptureExtension.class)
class StrictFormTests {

	private static final String SECRET = "my very secret passphrase";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private Routes routes;

	@Autowired
	private UserService users;

	@Test
	void theNameOfAFieldIsNoPath(CapturedOutput output) {
		int before = output.getAll().length();
		Visitor visitor = signedIn(this.people.superuser());
		for (Form form : forms()) {
			for (String field : form.fields().keySet()) {
				for (String name : List.of(field + "[x]", field + "[0]", field + "[999999]", field + "[-1]",
						field + "[0][0]", field + "[", field + "]", field + "[]", field + ".b", "." + field,
						field + ".class", field + "['x']", "!" + field, "x[" + field + "]", field + "[\n]")) {
					for (String[] sent : List.of(new String[] { name, SECRET },
							new String[] { field, SECRET, name, SECRET })) {
						assertThat(visitor.post(form.path(), sent).statusCode()).as(form.path() + " " + name)
							.isEqualTo(400);
					}
				}
			}
		}
		assertQuiet(output, before);
	}

	/** A link fills in some of them, and anybody writes links. */
	@Test
	void theNameOfAFieldIsNoPathInALinkEither() {
		Visitor visitor = signedIn(this.people.superuser());
		for (Form form : forms()) {
			for (String field : form.fields().keySet()) {
				for (String path : List.of("[x]", "[999999999999]", "[", ".b")) {
					String link = form.path() + "?" + URLEncoder.encode(field + path, StandardCharsets.UTF_8) + "=x";
					assertThat(visitor.get(link).statusCode()).as(link).isLessThan(500);
				}
			}
		}
	}

	@Test
	void aFieldThatIsOneIsNotSentTwice(CapturedOutput output) {
		int before = output.getAll().length();
		Visitor visitor = signedIn(this.people.superuser());
		for (Form form : forms()) {
			form.fields().forEach((field, type) -> {
				String value = isFlag(type) ? "true" : SECRET;
				int status = visitor.post(form.path(), field, value, field, value).statusCode();
				if (Collection.class.isAssignableFrom(type)) {
					assertThat(status).as(form.path() + " " + field).isLessThan(500);
				}
				else {
					assertThat(status).as(form.path() + " " + field).isEqualTo(400);
					assertThat(visitor.post(form.path(), "_" + field, "on").statusCode()).as(form.path() + " _" + field)
						.isEqualTo(400);
				}
			});
		}
		assertQuiet(output, before);
	}

	@Test
	void yesAndNoAreTrueAndFalse(CapturedOutput output) {
		int before = output.getAll().length();
		Visitor visitor = signedIn(this.people.superuser());
		List<String> seen = new ArrayList<>();
		for (Form form : forms()) {
			form.fields().forEach((field, type) -> {
				if (isFlag(type)) {
					seen.add(field);
					for (String value : List.of("", " ", "on", "off", "0", "1", "no", "yes", "TRUE", "False", "true ",
							SECRET)) {
						assertThat(visitor.post(form.path(), field, value).statusCode())
							.as(form.path() + " " + field + "=" + value)
							.isEqualTo(400);
					}
				}
			});
		}
		assertThat(seen).contains("enabled", "keep_tokens", "end_tokens", "descendants", "confidential", "everywhere");
		assertQuiet(output, before);
	}

	@Test
	void aFieldThatNoFormHasIsNothingToIt() {
		User user = this.people.user();
		Visitor visitor = signedIn(user);
		visitor.get("/account");
		assertThat(visitor.post("/account", "name", "Renamed", "nonsense", "1", "nonsense", "2").statusCode())
			.isEqualTo(302);
		assertThat(this.users.find(user.id()).orElseThrow().name()).isEqualTo("Renamed");
	}

	@Test
	void aNameAndAPasswordAtOnceAreNoFailure() {
		User user = this.people.user();
		Visitor visitor = signedIn(user);
		visitor.get("/account");
		assertThat(visitor.post("/account", "name", "Other", "password", "x", "current", "wrong").statusCode())
			.isEqualTo(422);
		assertThat(this.users.find(user.id()).orElseThrow().name()).isEqualTo(user.name());
	}

	@Test
	void whoSignsOutHereStaysSignedInElsewhere() {
		User user = this.people.user();
		Visitor other = signedIn(user);
		Visitor visitor = signedIn(user);
		visitor.get("/account");
		assertThat(visitor.post("/logout", "everywhere", "false").statusCode()).isEqualTo(302);
		assertThat(visitor.get("/account").statusCode()).isEqualTo(302);
		assertThat(other.get("/account").statusCode()).isEqualTo(200);
		assertThat(other.post("/logout", "everywhere", "true").statusCode()).isEqualTo(302);
	}

	/** What stands in the field and is no address must not mean any address. */
	@ParameterizedTest
	@ValueSource(strings = { ",", " ", " , ", "\u3000", "\u00a0", "\n", ",,", "10.0.0.1,\u3000" })
	void onlyAnEmptyFieldMeansFromAnywhere(String typed) {
		Visitor visitor = signedIn(this.people.user());
		visitor.get("/tokens/new");
		HttpResponse<String> again = visitor.post("/tokens/new", "form", visitor.form(), "name", "x", "scopes",
				"user:read", "expiration", "7", "allowedIps", typed);
		assertThat(again.statusCode()).isEqualTo(422);
		assertThat(again.body()).contains("id=\"allowed_ips-fault\"");
		assertThat(visitor
			.post("/tokens/new", "form", visitor.form(), "name", "x", "scopes", "user:read", "expiration", "7",
					"allowedIps", "", "rateLimit", "")
			.statusCode()).isEqualTo(200);
	}

	private static void assertQuiet(CapturedOutput output, int before) {
		assertThat(output.getAll().substring(before)).doesNotContain("secret passphrase", " ERROR ", " WARN ");
	}

	private static boolean isFlag(Class<?> type) {
		return type == boolean.class || type == Boolean.class;
	}

	/** With those that no controller reads. */
	private List<Form> forms() {
		List<Form> forms = new ArrayList<>(List.of(new Form("/logout", Map.of("everywhere", boolean.class)),
				new Form("/login", Map.of("email", String.class, "password", String.class))));
		for (Handled one : this.routes.handled()) {
			Class<?> controller = one.handler().getBeanType();
			if (one.route().method().equals("POST")
					&& !AnnotatedElementUtils.hasAnnotation(controller, ResponseBody.class)) {
				forms.add(new Form(one.route().path(), fields(one)));
			}
		}
		assertThat(forms).hasSizeGreaterThan(12);
		return forms;
	}

	private static Map<String, Class<?>> fields(Handled one) {
		Map<String, Class<?>> fields = new LinkedHashMap<>();
		for (MethodParameter parameter : one.handler().getMethodParameters()) {
			parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
			RequestParam named = parameter.getParameterAnnotation(RequestParam.class);
			if (named != null) {
				fields.put(named.name().isEmpty() ? parameter.getParameterName() : named.name(),
						parameter.getParameterType());
			}
			Class<?> type = parameter.getParameterType();
			boolean form = type.isRecord() && !List.of("Caller", "Actor").contains(type.getSimpleName());
			Stream<Parameter> components = form ? Arrays.stream(type.getDeclaredConstructors()[0].getParameters())
					: Stream.of();
			components.forEach((component) -> {
				BindParam renamed = component.getAnnotation(BindParam.class);
				fields.put((renamed != null) ? renamed.value() : component.getName(), component.getType());
			});
		}
		return fields;
	}

	private Visitor signedIn(User user) {
		Visitor visitor = new Visitor(this.http.base());
		visitor.signIn(user.email(), People.PASSWORD);
		visitor.get("/account");
		return visitor;
	}

	private record Form(String path, Map<String, Class<?>> fields) {

	}

}
