package dev.latchkey.net;

import java.util.List;

import dev.latchkey.startup.SettingFaults;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Under which names this server is known.
 *
 * @param publicUrl the addresses that people and programs use, such as
 * {@code https://tokens.example.com}; the first is the issuer's unless that is set
 */
@ConfigurationProperties("latchkey.web")
record NameProperties(@Nullable List<String> publicUrl) {

	NameProperties {
		// Set to nothing is a slip: without a name, every name is taken for ours.
		new SettingFaults("latchkey.web")
			.require(publicUrl == null || !publicUrl.isEmpty(), "public-url",
					"an address such as https://tokens.example.com, or left out")
			.require(publicUrl == null || publicUrl.stream().allMatch((text) -> PublicUrl.parse(text).isPresent()),
					"public-url", "one or several addresses such as https://tokens.example.com, without a path")
			.raise();
	}

	@Override
	public List<String> publicUrl() {
		return (this.publicUrl != null) ? this.publicUrl : List.of();
	}

}
