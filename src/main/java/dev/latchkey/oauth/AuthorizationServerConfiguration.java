package dev.latchkey.oauth;

import java.util.List;
import java.util.function.Consumer;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.GivingRules;
import dev.latchkey.client.ClientDocuments;
import dev.latchkey.client.GrantType;
import dev.latchkey.client.RedirectUris;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.endpoint.ServiceEndpoint;
import dev.latchkey.net.PublicNames;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsent;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationServerMetadata;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationConsentAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContextHolder;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AuthorizationCodeAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ClientCredentialsAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2DeviceCodeAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2RefreshTokenAuthenticationConverter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.DelegatingAuthenticationEntryPoint;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * Spring's authorization server over this server's own stores and flows: it reads and
 * checks the requests, the flows make the tokens, and no secret of any kind is kept in
 * clear.
 */
@Configuration(proxyBeanMethods = false)
class AuthorizationServerConfiguration {

	private static final String CONSENT_PAGE = "/oauth2/consent";

	@Bean
	AuthorizationServerSettings authorizationServerSettings(OAuthProperties properties, PublicNames names) {
		AuthorizationServerSettings.Builder settings = AuthorizationServerSettings.builder();
		if (properties.issuer() != null) {
			settings.issuer(properties.issuer());
		}
		else {
			names.first().ifPresent(settings::issuer);
		}
		return settings.build();
	}

	@Bean
	@Order(30)
	SecurityFilterChain authorizationServerChain(HttpSecurity http, RegisteredClients clients,
			Authorizations authorizations, Consents consents, GrantProviders grants,
			TokenEndpointResponseHandler answers, TokenEndpointErrorHandler errors, ScopeCatalogue catalogue,
			UserService users, GivingRules giving, RequestCache returnPath, UnknownClientEntryPoint clientFirst,
			SignInEntryPoint signInFirst, ClientAuthenticationAdapter clientAuthentication,
			AuthorizationResponseHandler authorizationAnswers, OAuthProperties properties, ClientDocuments documents,
			AskedResources asked) throws Exception {
		OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
		http.securityMatcher(server.getEndpointsMatcher())
			.with(server,
					(configurer) -> configurer.registeredClientRepository(clients)
						.authorizationService(authorizations)
						.authorizationConsentService(consents)
						.clientAuthentication((client) -> client.authenticationConverters((converters) -> {
							converters.clear();
							converters.add(clientAuthentication);
						}).authenticationProviders((providers) -> {
							providers.clear();
							providers.add(clientAuthentication);
						}).errorResponseHandler(errors))
						.tokenEndpoint((token) -> token.accessTokenRequestConverters((converters) -> {
							converters.clear();
							converters.addAll(List.of(new OAuth2AuthorizationCodeAuthenticationConverter(),
									new OAuth2RefreshTokenAuthenticationConverter(),
									new OAuth2ClientCredentialsAuthenticationConverter(),
									new ExchangeRequestConverter(), new OAuth2DeviceCodeAuthenticationConverter()));
						}).authenticationProviders((providers) -> {
							providers.clear();
							providers.addAll(grants.all());
						}).accessTokenResponseHandler(answers).errorResponseHandler(errors))
						.authorizationEndpoint((endpoint) -> endpoint.consentPage(CONSENT_PAGE)
							.authorizationRequestConverters((converters) -> {
								converters.clear();
								converters.add(new AuthorizationRequestConverter());
								converters.add(new ConsentAnswerConverter(users, catalogue));
							})
							.authorizationResponseHandler(authorizationAnswers)
							.errorResponseHandler(authorizationAnswers)
							.authenticationProviders((providers) -> {
								providers.clear();
								providers.add(requests(clients, authorizations, consents,
										new RedirectUriCheck(properties.localhostAnyPort()), asked));
								providers.add(answers(clients, authorizations, consents));
							}))
						.authorizationServerMetadataEndpoint(
								(metadata) -> metadata.authorizationServerMetadataCustomizer(
										(builder) -> describe(builder, catalogue, documents))))
			.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(whoFirst(clientFirst, signInFirst)))
			.requestCache((cache) -> cache.requestCache(new NullRequestCache()))
			.headers((headers) -> headers.cacheControl((cache) -> cache.disable())
				.addHeaderWriter(new StaticHeadersWriter("Cache-Control", "no-store")))
			.addFilterAfter(new TokenParameterFilter(authorizationAnswers), SecurityContextHolderFilter.class)
			.addFilterAfter(new RecentConsentFilter(giving, returnPath), SecurityContextHolderFilter.class)
			.addFilterAfter(new SessionOwnerFilter(users), SecurityContextHolderFilter.class)
			.addFilterAfter(new ClientDocumentFilter(documents, signInFirst, authorizationAnswers),
					SecurityContextHolderFilter.class)
			.addFilterBefore(new ConsentCsrfFilter(), LogoutFilter.class);
		return http.build();
	}

	/** Only the question for consent is for a person; programs ask everything else. */
	private static AuthenticationEntryPoint whoFirst(UnknownClientEntryPoint client, SignInEntryPoint person) {
		return DelegatingAuthenticationEntryPoint.builder()
			.addEntryPointFor(person, PathPatternRequestMatcher.withDefaults().matcher("/oauth2/authorize"))
			.defaultEntryPoint(client)
			.build();
	}

	private static OAuth2AuthorizationCodeRequestAuthenticationProvider requests(RegisteredClients clients,
			Authorizations authorizations, Consents consents, RedirectUriCheck redirects, AskedResources asked) {
		OAuth2AuthorizationCodeRequestAuthenticationProvider provider = new OAuth2AuthorizationCodeRequestAuthenticationProvider(
				clients, authorizations, consents);
		provider.setAuthenticationValidator(
				redirects.andThen(OAuth2AuthorizationCodeRequestAuthenticationValidator.DEFAULT_SCOPE_VALIDATOR)
					.andThen(AuthorizationServerConfiguration::requireSupportedAnswer)
					.andThen(AuthorizationServerConfiguration::requireScope)
					.andThen((context) -> requireResources(context, asked)));
		provider.setAuthorizationConsentRequired(AuthorizationServerConfiguration::mustBeAsked);
		return provider;
	}

	private static OAuth2AuthorizationConsentAuthenticationProvider answers(RegisteredClients clients,
			Authorizations authorizations, Consents consents) {
		OAuth2AuthorizationConsentAuthenticationProvider provider = new OAuth2AuthorizationConsentAuthenticationProvider(
				clients, authorizations, new Consents.AskedAnew(consents));
		provider.setAuthorizationConsentCustomizer(consents::keepWhatWasNotAsked);
		return provider;
	}

	/**
	 * Whoever agreed is not asked again, unless others could stand in for the
	 * application: any program may listen on this machine or claim a scheme (RFC 8252
	 * section 8.6), and a client without a secret has nothing else to prove itself by.
	 */
	private static boolean mustBeAsked(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
		RegisteredClient client = context.getRegisteredClient();
		OAuth2AuthorizationRequest request = context.getAuthorizationRequest();
		OAuth2AuthorizationConsent consent = context.getAuthorizationConsent();
		if (request == null || consent == null || !consent.getScopes().containsAll(request.getScopes())) {
			return true;
		}
		String target = (request.getRedirectUri() != null) ? request.getRedirectUri()
				: client.getRedirectUris().iterator().next();
		return client.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE)
				&& !RedirectUris.isOneOwnersAlone(target);
	}

	private static void requireSupportedAnswer(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
		OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
		if (request.getAdditionalParameters().get(AuthorizationRequestConverter.FAULT) instanceof OAuth2Error fault) {
			throw new OAuth2AuthorizationCodeRequestAuthenticationException(fault,
					answerable(request, context.getRegisteredClient().getRedirectUris().iterator().next()));
		}
	}

	/** A request that asks for nothing has nothing to be asked about. */
	private static void requireScope(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
		OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
		if (request.getScopes().isEmpty()) {
			throw new OAuth2AuthorizationCodeRequestAuthenticationException(
					new OAuth2Error(OAuth2ErrorCodes.INVALID_SCOPE, "The parameter scope is missing.", null),
					answerable(request, context.getRegisteredClient().getRedirectUris().iterator().next()));
		}
	}

	/** Services that there are not have no tokens (RFC 8707 section 2). */
	private static void requireResources(OAuth2AuthorizationCodeRequestAuthenticationContext context,
			AskedResources asked) {
		OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
		try {
			asked.read(request.getAdditionalParameters());
		}
		catch (OAuthException ex) {
			throw new OAuth2AuthorizationCodeRequestAuthenticationException(
					new OAuth2Error(ex.error(), ex.getMessage(), null),
					answerable(request, context.getRegisteredClient().getRedirectUris().iterator().next()));
		}
	}

	private static OAuth2AuthorizationCodeRequestAuthenticationToken answerable(
			OAuth2AuthorizationCodeRequestAuthenticationToken request, String onlyRedirectUri) {
		@Nullable String redirectUri = request.getRedirectUri();
		OAuth2AuthorizationCodeRequestAuthenticationToken answer = new OAuth2AuthorizationCodeRequestAuthenticationToken(
				request.getAuthorizationUri(), request.getClientId(), (Authentication) request.getPrincipal(),
				(redirectUri != null) ? redirectUri : onlyRedirectUri, request.getState(), request.getScopes(),
				request.getAdditionalParameters());
		answer.setAuthenticated(true);
		return answer;
	}

	/** What this server does, and not all that the library could. */
	private static void describe(OAuth2AuthorizationServerMetadata.Builder metadata, ScopeCatalogue catalogue,
			ClientDocuments documents) {
		Consumer<List<String>> methods = (names) -> {
			names.clear();
			names.addAll(List.of("client_secret_basic", "client_secret_post"));
		};
		metadata.tokenEndpointAuthenticationMethods(methods.andThen((names) -> names.add("none")))
			.tokenIntrospectionEndpointAuthenticationMethods(methods)
			.tokenRevocationEndpointAuthenticationMethods(methods.andThen((names) -> names.add("none")))
			.grantTypes((types) -> {
				types.clear();
				List.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN, GrantType.CLIENT_CREDENTIALS,
						GrantType.TOKEN_EXCHANGE, GrantType.DEVICE_CODE)
					.forEach((type) -> types.add(type.value()));
			})
			.deviceAuthorizationEndpoint(AuthorizationServerContextHolder.getContext().getIssuer()
					+ ServiceEndpoint.DEVICE_AUTHORIZATION.path())
			.scopes((scopes) -> {
				scopes.clear();
				catalogue.offered().stream().map(Scope::name).forEach(scopes::add);
			})
			.claim("response_modes_supported", List.of(AuthorizationRequestConverter.QUERY))
			.claim("authorization_response_iss_parameter_supported", true)
			.claim("client_id_metadata_document_supported", documents.areEnabled())
			.claims((claims) -> {
				claims.remove("dpop_signing_alg_values_supported");
				claims.remove("tls_client_certificate_bound_access_tokens");
			});
	}

}
