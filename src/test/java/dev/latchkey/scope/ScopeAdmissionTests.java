package dev.latchkey.scope;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

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
		assertThat(this.admission.withoutRetired(
				Scopes.of("notes:read", "parcels:read", "parcels:*", "parcels:old", "archive:*", "trucks:read")))
			.isEqualTo(Scopes.of("notes:read", "parcels:read", "parcels:*", "trucks:read"));
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
			return Map.of("parcels:read", new Scope("parcels:read", "", Role.USER, false, "parcels", null),
					"parcels:old", new Scope("parcels:old", "", Role.USER, false, "parcels", RETIRED_AT), "archive:old",
					new Scope("archive:old", "", Role.USER, false, "archive", RETIRED_AT));
		}

		@Override
		public Map<String, Scope> lockForShare() {
			this.held++;
			return byName();
		}

	}

}
