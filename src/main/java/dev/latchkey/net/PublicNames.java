package dev.latchkey.net;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/**
 * Knows under which names this server answers. Whoever makes a name point here, or asks
 * for a made-up one, must find neither the demo's public passwords nor an issuer of that
 * name.
 */
@Component
public class PublicNames {

	private static final Logger log = LoggerFactory.getLogger(PublicNames.class);

	private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "[::1]", "localhost");

	private final List<PublicUrl> urls;

	private final boolean demo;

	private final @Nullable String issuer;

	PublicNames(NameProperties properties, Environment environment) {
		this.urls = properties.publicUrl().stream().map((text) -> PublicUrl.parse(text).orElseThrow()).toList();
		this.demo = environment.acceptsProfiles(Profiles.of("demo"));
		this.issuer = environment.getProperty("latchkey.oauth.issuer");
	}

	/**
	 * Returns the first of the server's addresses, without a slash at its end, or empty
	 * where none is set.
	 */
	public Optional<String> first() {
		return this.urls.stream().findFirst().map(PublicUrl::toString);
	}

	/**
	 * Returns the server's address as the settings say it, without a slash at its end, or
	 * empty where they do not: an issuer may have a path that the server has not.
	 */
	public Optional<String> configured() {
		return first().or(() -> Optional.ofNullable(this.issuer).map(PublicNames::origin));
	}

	/**
	 * Whether the name asked is the issuer, because nobody has said another.
	 */
	boolean issuerIsAsked() {
		return this.urls.isEmpty() && this.issuer == null;
	}

	/**
	 * Returns the server's address, without a slash at its end, or empty where nobody has
	 * said it and the name that the request asks may be made up.
	 */
	public Optional<String> origin(ServletRequest request) {
		Arrival arrival = Arrival.find(request);
		return configured().or(() -> Optional.ofNullable(arrival)
			.filter((asked) -> this.demo && !asked.misdirected())
			.map(Arrival::origin));
	}

	/**
	 * Returns the server's address, and where nobody has said it the one that is asked,
	 * unless that is none of its own: for what says something else under another name.
	 */
	public String askedOrigin(ServletRequest request) {
		return origin(request).orElseGet(() -> {
			Arrival arrival = Arrival.find(request);
			if (arrival == null || arrival.misdirected()) {
				return "http://127.0.0.1:" + request.getLocalPort();
			}
			return arrival.origin();
		});
	}

	/**
	 * Returns the name of the authorization server (RFC 8414 section 2), which is the
	 * address unless it is set.
	 */
	public String issuer(ServletRequest request) {
		return (this.issuer != null) ? this.issuer : askedOrigin(request);
	}

	private static String origin(String issuer) {
		URI uri = URI.create(issuer);
		return uri.getScheme() + "://" + uri.getRawAuthority();
	}

	boolean areSet() {
		return !this.urls.isEmpty();
	}

	/**
	 * Finds the address by which a client came: of several under one name the one that it
	 * asked.
	 */
	Optional<PublicUrl> find(@Nullable HostPort asked) {
		if (asked == null) {
			return Optional.empty();
		}
		List<PublicUrl> named = this.urls.stream().filter((url) -> url.host().equals(asked.host())).toList();
		return named.stream()
			.filter((url) -> url.port() == ((asked.port() != 0) ? asked.port() : Arrival.defaultPort(url.secure())))
			.findFirst()
			.or(() -> named.stream().findFirst());
	}

	PublicUrl any() {
		return this.urls.get(0);
	}

	/**
	 * Whether this server answers to a name while none is set.
	 */
	boolean admit(String host) {
		return !this.demo || THIS_MACHINE.contains(host);
	}

	@EventListener(ApplicationReadyEvent.class)
	void warn() {
		if (this.urls.isEmpty() && !this.demo) {
			log.warn(
					"latchkey.web.public-url is not set, so that every name that leads here is taken for this server's. "
							+ "Set it, to https://tokens.example.com for example.");
		}
	}

}
