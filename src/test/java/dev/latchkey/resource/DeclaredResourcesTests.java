package dev.latchkey.resource;

import java.util.List;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.resource.ResourceProperties.DeclaredResource;
import dev.latchkey.resource.ResourceProperties.DeclaredScope;
import dev.latchkey.resource.WantedResource.WantedScope;
import dev.latchkey.scope.Scope;
import dev.latchkey.startup.StartupFailure;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What the settings declare stands in the tables, and what they leave out goes, or is
 * retired.
 */
@LatchkeyTest
class DeclaredResourcesTests {

	@Autowired
	private ResourceDeclarations declarations;

	@Autowired
	private ResourceEditor editor;

	@Autowired
	private ResourceRegistry known;

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	private final String name = "r" + UUID.randomUUID();

	@AfterEach
	void forget() {
		this.jdbc.update("delete from protected_resource");
	}

	@Test
	void aDeclaredResourceIsThereAndReadOnly() {
		assertThat(this.declarations.declare(List.of(declared("read", "send"))).scopes()).isEmpty();
		assertThat(names()).containsExactly(scope("read"), scope("send"));
		assertThatExceptionOfType(ResourceConflictException.class)
			.isThrownBy(() -> this.editor.put(Actor.SERVER, this.name, declared("read").wanted(), false));
		assertThatExceptionOfType(ResourceConflictException.class)
			.isThrownBy(() -> this.editor.remove(Actor.SERVER, this.name));
		this.declarations.declare(List.of(declared("read")));
		assertThat(names()).containsExactly(scope("read"));
		this.declarations.declare(List.of());
		assertThat(this.known.find(this.name)).isEmpty();
	}

	@Test
	void whatIsHeldIsRetiredAndComesBack() {
		this.declarations.declare(List.of(declared("read", "send")));
		this.people.token(this.people.user(), scope("read"));
		List<Scope> retired = this.declarations.declare(List.of(declared("send"))).scopes();
		assertThat(retired).extracting(Scope::name).containsExactly(scope("read"));
		assertThat(names()).containsExactly(scope("send"), scope("read"));
		assertThat(this.known.byName().get(scope("read")).retiredAt()).isEqualTo(retired.get(0).retiredAt());
		assertThat(this.declarations.declare(List.of()).scopes()).hasSize(1);
		assertThat(names()).containsExactly(scope("read"));
		assertThat(this.declarations.declare(List.of(declared("read"))).scopes()).isEmpty();
		assertThat(this.known.byName().get(scope("read")).retiredAt()).isNull();
	}

	@Test
	void nothingIsTakenFromWhatAdministratorsMade() {
		this.editor.put(Actor.SERVER, this.name, new WantedResource("https://x.example.com",
				List.of(new WantedScope(scope("read"), "See it", null, null))), true);
		this.declarations.declare(List.of());
		assertThat(this.known.find(this.name)).isPresent();
		assertThatExceptionOfType(ResourceConflictException.class).isThrownBy(() -> this.declarations
			.declare(List.of(new DeclaredResource("other", "https://x.example.com", List.of()))));
		this.declarations.declare(List.of(declared("read")));
		assertThat(this.known.find(this.name).orElseThrow().managedBySettings()).isTrue();
	}

	@Test
	void aScopeMovesToAnotherResource() {
		String first = "a" + this.name;
		this.declarations
			.declare(List.of(new DeclaredResource(first, "https://a.example.com", List.of()), declared("read")));
		this.declarations.declare(
				List.of(new DeclaredResource(first, "https://a.example.com", declared("read").scopes()), declared()));
		assertThat(names()).isEmpty();
		assertThat(this.known.byName().get(scope("read")).resourceName()).isEqualTo(first);
	}

	@Test
	void twoResourcesChangeTheirAddresses() {
		String other = "a" + this.name;
		this.declarations.declare(List.of(new DeclaredResource(this.name, "https://a.example.com", List.of()),
				new DeclaredResource(other, "https://b.example.com", List.of())));
		this.declarations.declare(List.of(new DeclaredResource(this.name, "https://b.example.com", List.of()),
				new DeclaredResource(other, "https://a.example.com", List.of())));
		assertThat(this.known.byAddress("https://b.example.com").orElseThrow().name()).isEqualTo(this.name);
		assertThat(this.known.byAddress("https://a.example.com").orElseThrow().name()).isEqualTo(other);
	}

	@Test
	void aResourceIsRenamedWhileItsScopesAreHeld() {
		String other = "a" + this.name;
		this.declarations.declare(List.of(declared("read", "send")));
		this.people.token(this.people.user(), scope("read"));
		this.people.token(this.people.user(), scope("send"));
		DeclaredResource renamed = new DeclaredResource(other, declared().address(), declared("read").scopes());
		for (int start = 0; start < 2; start++) {
			ResourceDeclarations.Kept kept = this.declarations.declare(List.of(renamed));
			assertThat(kept.scopes()).extracting(Scope::name).containsExactly(scope("send"));
			assertThat(kept.resources()).containsExactly(this.name);
			assertThat(this.known.byAddress(declared().address()).orElseThrow().name()).isEqualTo(other);
			assertThat(this.known.byName().get(scope("read")).retiredAt()).isNull();
			assertThat(this.known.byName().get(scope("send")).retiredAt()).isNotNull();
			assertThat(this.known.byName().get(scope("send")).resourceName()).isEqualTo(other);
			assertThat(names()).isEmpty();
		}
		this.jdbc.update("update api_token set revoked_at = now() where resources = ?", this.name);
		assertThat(this.declarations.declare(List.of(renamed)).resources()).isEmpty();
		assertThat(this.known.find(this.name)).isEmpty();
	}

	@Test
	void noScopeBeginsWithWhatTheCredentialFlowCallsEverything() {
		for (String scope : List.of("api", "api:read", "latchkey:read")) {
			assertThatExceptionOfType(StartupFailure.class)
				.isThrownBy(() -> new ResourceProperties(List.of(new DeclaredResource(this.name,
						"https://a.example.com", List.of(new DeclaredScope(scope, "Do it", "USER"))))))
				.satisfies((failure) -> assertThat(failure.lines()).containsExactly(
						"Setting latchkey.resources[0].scopes[0].name begins with a part that is this server's own."));
		}
	}

	@Test
	void whatChangesNothingIsNoEvent() {
		this.declarations.declare(List.of(declared("read")));
		this.declarations.declare(List.of(declared("read")));
		assertThat(this.jdbc.queryForList("select action from audit_event where detail = ?", String.class, this.name))
			.containsExactly("resource.created");
	}

	@Test
	void everyFaultIsALineThatNamesTheSetting() {
		StartupFailure failure = catchThrowableOfType(StartupFailure.class,
				() -> new ResourceProperties(List.of(
						new DeclaredResource("Parcels", null, List.of(new DeclaredScope("parcels:*", "", "BOSS"))),
						declared("read"), declared("read"))));
		assertThat(failure.lines()).hasSize(8)
			.allMatch((line) -> line.startsWith("Setting latchkey.resources[") && line.endsWith("."))
			.anyMatch((line) -> line.startsWith("Setting latchkey.resources[0].scopes[0].role must be USER"))
			.anyMatch((line) -> line.startsWith("Setting latchkey.resources[0].name must have"));
	}

	private DeclaredResource declared(String... scopes) {
		return new DeclaredResource(this.name, "https://%s.example.com".formatted(this.name),
				List.of(scopes).stream().map((last) -> new DeclaredScope(scope(last), "Do it", "USER")).toList());
	}

	private String scope(String last) {
		return this.name + ":" + last;
	}

	private List<String> names() {
		return this.known.find(this.name).orElseThrow().scopes().stream().map(Scope::name).toList();
	}

}
