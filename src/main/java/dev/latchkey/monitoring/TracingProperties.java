package dev.latchkey.monitoring;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

import dev.latchkey.startup.SettingFaults;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where traces of requests go. Without an endpoint there are none.
 *
 * @param endpoint the address that takes traces by OTLP over HTTP, such as
 * {@code http://127.0.0.1:4318/v1/traces}; nothing is traced where it is left out
 * @param headers what is sent along to that address, {@code x-api-key=...} for one
 * @param percent of a hundred requests whose caller has not decided it, how many are
 * traced
 */
@ConfigurationProperties("latchkey.tracing")
record TracingProperties(@Nullable String endpoint, @Nullable List<String> headers, @DefaultValue("10") int percent) {

	/** A name as HTTP has it, and a value on one line. */
	private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+=[\\x20-\\x7e]+");

	TracingProperties {
		new SettingFaults("latchkey.tracing")
			.require(endpoint == null || isAddress(endpoint), "endpoint",
					"an address such as http://127.0.0.1:4318/v1/traces, without a user, or left out")
			.require(headers == null || headers.stream().allMatch((header) -> HEADER.matcher(header).matches()),
					"headers", "a list of headers such as x-api-key=...")
			.require(percent >= 0 && percent <= 100, "percent", "from 0 to 100")
			.raise();
	}

	@Override
	public List<String> headers() {
		return (this.headers != null) ? this.headers : List.of();
	}

	private static boolean isAddress(String text) {
		try {
			URI address = URI.create(text);
			return ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
					&& address.getHost() != null && address.getUserInfo() == null && address.getFragment() == null;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
