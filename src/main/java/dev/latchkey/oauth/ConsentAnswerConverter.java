package dev.latchkey.oauth;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.SessionUser;
import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.ScopeCatalogue;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationConsentAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AuthorizationConsentAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Reads the answers to the question for consent. They come to the same address as the
 * requests that lead to it, which may be posted too (RFC 6749 section 3.1): everybody who
 * tells the two apart asks here.
 */
class ConsentAnswerConverter implements AuthenticationConverter {

	/** What only a request has, and each one at least one of. */
	private static final List<String> OF_REQUESTS = List.of(OAuth2ParameterNames.RESPONSE_TYPE,
			OAuth2ParameterNames.REDIRECT_URI, PkceParameterNames.CODE_CHALLENGE,
			PkceParameterNames.CODE_CHALLENGE_METHOD, OAuth2ParameterNames.REQUEST_URI, "response_mode");

	private final OAuth2AuthorizationConsentAuthenticationConverter library = new OAuth2AuthorizationConsentAuthenticationConverter();

	private final UserService users;

	private final ScopeCatalogue catalogue;

	ConsentAnswerConverter(UserService users, ScopeCatalogue catalogue) {
		this.users = users;
		this.catalogue = catalogue;
	}

	@Override
	public @Nullable Authentication convert(HttpServletRequest request) {
		return (isOne(request)
				&& this.library.convert(request) instanceof OAuth2AuthorizationConsentAuthenticationToken sent)
						? withinOwnRights(sent) : null;
	}

	/** Nobody gives what his own roles do not allow, though he may send it. */
	private OAuth2AuthorizationConsentAuthenticationToken withinOwnRights(
			OAuth2AuthorizationConsentAuthenticationToken sent) {
		Set<Role> roles = (sent.getPrincipal() instanceof Authentication signedIn
				&& signedIn.getPrincipal() instanceof SessionUser owner)
						? this.users.find(owner).map(User::roles).orElse(Set.of()) : Set.of();
		Set<String> given = sent.getScopes()
			.stream()
			.filter((scope) -> this.catalogue.allows(roles, scope))
			.collect(Collectors.toSet());
		return new OAuth2AuthorizationConsentAuthenticationToken(sent.getAuthorizationUri(), sent.getClientId(),
				(Authentication) sent.getPrincipal(), sent.getState(), given, sent.getAdditionalParameters());
	}

	static boolean isOne(HttpServletRequest request) {
		return HttpMethod.POST.matches(request.getMethod()) && "/oauth2/authorize".equals(request.getRequestURI())
				&& OF_REQUESTS.stream().allMatch((name) -> request.getParameter(name) == null);
	}

}
