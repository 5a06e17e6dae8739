package dev.latchkey.grant;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which doors give tokens, and that each asks the catalogue, in its own transaction, what
 * is given still: a scope that is retired or removed meanwhile is not.
 */
class IssuingDoorsTests {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("dev.latchkey");

	/** Whoever asks for a personal token has its fields read, which ask the catalogue. */
	@Test
	void personalTokensAreMadeByTheseAndTheirFieldsAreReadOnce() {
		assertThat(callers(
				(call) -> isNamed(call, "TokenIssuer", "issue") && call.getTarget().getRawParameterTypes().size() == 2))
			.containsExactly("LoginTokens", "NewTokens", "TokenController");
		assertThat(callers((call) -> isNamed(call, "TokenFields", "terms"))).containsExactly("TokenIssuer");
	}

	@Test
	void everyFlowEndsInOnePlace() {
		assertThat(callers(
				(call) -> isNamed(call, "TokenIssuer", "issue") && call.getTarget().getRawParameterTypes().size() == 3))
			.containsExactly("FlowTokens", "TokenIssuer");
		assertThat(callers((call) -> isNamed(call, "FlowTokens", "issue") || isNamed(call, "FlowTokens", "issueAlone")))
			.containsExactly("ClientFlow", "CodeFlow", "DeviceFlow", "FlowTokens", "PasswordTokens", "RefreshFlow");
	}

	/**
	 * A rotation gives what the token has that it ends, which holds its scopes so long.
	 */
	@Test
	void rowsAreWrittenByTheseAlone() {
		assertThat(callers((call) -> isNamed(call, "TokenInsert", "insert"))).containsExactly("TokenIssuer",
				"TokenRotation");
	}

	@Test
	void theseAskWhatIsGivenStill() {
		assertThat(
				callers((call) -> isNamed(call, "ScopeAdmission", "of") || isNamed(call, "ScopeAdmission", "admitted")))
			.containsExactly("AuthorizationStore", "ClientFields", "ConsentStore", "DeviceAuthorizations",
					"DocumentedClients", "FlowTokens", "ScopeAdmission", "TokenFields", "TokenImport");
	}

	private static boolean isNamed(JavaMethodCall call, String owner, String name) {
		return call.getTargetOwner().getSimpleName().equals(owner) && call.getName().equals(name);
	}

	private static Set<String> callers(Predicate<JavaMethodCall> which) {
		Set<String> callers = new TreeSet<>();
		CLASSES.forEach((one) -> one.getMethodCallsFromSelf()
			.stream()
			.filter(which)
			.forEach((call) -> callers.add(call.getOriginOwner().getSimpleName())));
		return callers;
	}

}
