package dev.latchkey.net;

import java.util.List;

import dev.latchkey.startup.SettingFaults;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Under which names this server is known.
 *
 * @param publicUrl the addresses that people and programs use, such as
 * {@code https://tokens.example.com}; the first is the issuer's unless that is set
 */
@ConfigurationProperties("latchkey.web")
record NameProperties(@DefaultValue List<String> publicUrl) {

	NameProperties {
		new SettingFaults("latchkey.web")
			.require(publicUrl.stream().allMatch((text) -> PublicUrl.parse(text).isPresent()), "public-url",
					"one or several addresses such as https://tokens.example.com, without a path")
			.raise();
	}

}
