package dev.latchkey.scope;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What may be given of the scopes that there are, now and with the services held.
 */
class ScopeAdmissionTests {

	private static final Instant RETIRED_AT = Instant.parse("2026-12-01T00:00:00Z");

	private final Services services = new Services();

	private final ScopeAdmission admission = admission(provider(this.services));

	@Test
	void ofTheServicesAreAdmittedTheScopesThatAreNotRetiredAndWildcardsOverThem() {
		Predicate<String> admitted = this.admission.of(List.of("notes:read", "parcels:read"));
		assertThat(List.of("*", "notes:read", "notes:*", "parcels:read", "parcels:*")).allMatch(admitted);
		assertThat(List.of("parcels:old", "trucks:read", "trucks:*", "archive:*")).noneMatch(admitted);
		assertThat(this.services.held).isEqualTo(1);
	}

	@Test
	void forScopesOfThisServerNoServiceIsHeld() {
		Predicate<String> admitted = this.admission.of(Arrays.asList("*", "notes:*", null));
		assertThat(List.of("*", "notes:*", "notes:read")).allMatch(admitted);
		assertThat(admitted).rejects("parcels:read", "notes:write");
		assertThat(this.admission.withoutRetired(Scopes.of("*", "notes:read"))).isEqualTo(Scopes.of("*", "notes:read"));
		assertThat(this.services.held).isZero();
	}

	@Test
	void whatIsNotAdmittedIsLeftOut() {
		assertThat(this.admission.admitted(Scopes.of("notes:read", "parcels:*", "parcels:old", "trucks:read")))
			.isEqualTo(Scopes.of("notes:read", "parcels:*"));
	}

	@Test
	void aSuccessorLosesWhatIsRetiredAndKeepsWhatNobodyKnowsNow() {
		assertThat(this.admission
			.withoutRetired(Scopes.of("notes:read", "parcels:read", "parcels:old", "archive:*", "trucks:*")))
			.isEqualTo(Scopes.of("notes:read", "parcels:read", "trucks:*"));
	}

	@Test
	void aWildcardOverSomethingRetiredIsWrittenOutAndAnotherStays() {
		assertThat(this.admission.withoutRetired(Scopes.of("*", "parcels:*", "ships:*")))
			.isEqualTo(Scopes.of("*", "parcels:read", "parcels:send", "ships:*"));
		assertThat(this.admission.withoutRetired(List.of("parcels:*", "ships:*")).apply(Scopes.of("parcels:*")))
			.isEqualTo(Scopes.of("parcels:read", "parcels:send"));
		assertThat(this.services.held).isEqualTo(2);
	}

	@Test
	void withoutServicesThereAreThoseOfThisServer() {
		ScopeAdmission alone = admission(new StaticListableBeanFactory().getBeanProvider(ResourceScopes.class));
		assertThat(alone.admitted(Scopes.of("notes:read", "parcels:read"))).isEqualTo(Scopes.of("notes:read"));
	}

	private static ScopeAdmission admission(ObjectProvider<ResourceScopes> services) {
		return new ScopeAdmission(new ScopeCatalogue(List.of(new Scope("notes:read", "", Role.USER)), services),
				services);
	}

	private static ObjectProvider<ResourceScopes> provider(ResourceScopes services) {
		StaticListableBeanFactory beans = new StaticListableBeanFactory();
		beans.addBean("services", services);
		return beans.getBeanProvider(ResourceScopes.class);
	}

	/** Counts how often it was held. */
	private static final class Services implements ResourceScopes {

		private int held;

		@Override
		public Map<String, Scope> byName() {
			return Map.of("parcels:read", scope("parcels", "read", null), "parcels:send",
					scope("parcels", "send", null), "parcels:old", scope("parcels", "old", RETIRED_AT), "archive:old",
					scope("archive", "old", RETIRED_AT), "ships:read", scope("ships", "read", null));
		}

		private static Scope scope(String resource, String right, @Nullable Instant retiredAt) {
			return new Scope(resource + ":" + right, "", Role.USER, false, resource, retiredAt);
		}

		@Override
		public Map<String, Scope> lockForShare() {
			this.held++;
			return byName();
		}

	}

}
