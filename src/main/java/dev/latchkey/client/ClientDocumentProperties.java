package dev.latchkey.client;

import java.util.List;
import java.util.Locale;

import dev.latchkey.startup.SettingFaults;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether clients may come that nobody has registered.
 *
 * @param enabled whether a client may describe itself in a document at the address that
 * is its {@code client_id}
 * @param allowedHosts hosts, or hosts with a port, whose documents are vouched for: they
 * may lie within the own network, and people are not warned of them
 */
@ConfigurationProperties("latchkey.oauth.client-documents")
record ClientDocumentProperties(@DefaultValue("true") boolean enabled, @DefaultValue List<String> allowedHosts) {

	ClientDocumentProperties {
		new SettingFaults("latchkey.oauth.client-documents")
			.require(allowedHosts.stream().allMatch((host) -> host.matches("[A-Za-z0-9._:\\[\\]-]+")), "allowed-hosts",
					"a list of hosts, or hosts with a port, such as app.example or localhost:8443")
			.raise();
	}

	boolean allows(DocumentAddress address) {
		return this.allowedHosts.stream()
			.map((host) -> host.toLowerCase(Locale.ROOT))
			.anyMatch((host) -> host.equals(address.host()) || host.equals(address.authority()));
	}

}
