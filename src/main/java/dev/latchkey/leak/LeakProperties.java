package dev.latchkey.leak;

import java.util.List;

import dev.latchkey.startup.SettingFaults;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of reports by secret scanners.
 *
 * @param keys the public keys that reports are signed with, each as
 * {@code identifier=key}, the key in PEM with or without its first and last line; without
 * keys there is no route for reports
 * @param maxBodySize how large a report may be
 */
@ConfigurationProperties("latchkey.leaks")
record LeakProperties(@DefaultValue List<String> keys, @DefaultValue("1MB") DataSize maxBodySize) {

	LeakProperties {
		keys = List.copyOf(keys);
		new SettingFaults("latchkey.leaks")
			.require(ScannerKeys.areReadable(keys), "keys",
					"a list of identifier=key, each with another identifier and a public key of the curve P-256 in PEM")
			.require(maxBodySize.toBytes() > 0, "max-body-size", "larger than nothing")
			.raise();
	}

}
