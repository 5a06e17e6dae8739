package dev.latchkey.client;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

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
 * @param deniedHosts hosts, or hosts with a port, whose clients are none, whatever else
 * is said of them
 */
@ConfigurationProperties("latchkey.oauth.client-documents")
record ClientDocumentProperties(@DefaultValue("true") boolean enabled, @DefaultValue List<String> allowedHosts,
		@DefaultValue List<String> deniedHosts) {

	private static final String RULE = "a list of hosts, or hosts with a port, such as app.example or localhost:8443";

	ClientDocumentProperties {
		new SettingFaults("latchkey.oauth.client-documents").require(areHosts(allowedHosts), "allowed-hosts", RULE)
			.require(areHosts(deniedHosts), "denied-hosts", RULE)
			.raise();
	}

	private static boolean areHosts(List<String> hosts) {
		return hosts.stream().allMatch((host) -> host.matches("[A-Za-z0-9._:\\[\\]-]+"));
	}

	/**
	 * Returns whether a client of this name may describe itself.
	 */
	boolean admits(String clientId) {
		return this.enabled && DocumentAddress.isOne(clientId)
				&& (this.deniedHosts.isEmpty() || DocumentAddress.parse(clientId)
					.filter((address) -> !isAmong(this.deniedHosts, address))
					.isPresent());
	}

	/**
	 * Returns a text that is another one where other clients are admitted.
	 */
	String rules() {
		return this.enabled ? this.deniedHosts.stream()
			.map((host) -> host.toLowerCase(Locale.ROOT))
			.sorted()
			.collect(Collectors.joining(" ", "documents but of ", "")) : "no documents";
	}

	/**
	 * Returns whether the document at this address is vouched for.
	 */
	boolean allows(DocumentAddress address) {
		return isAmong(this.allowedHosts, address);
	}

	private static boolean isAmong(List<String> hosts, DocumentAddress address) {
		String host = withoutDot(address.host());
		return hosts.stream()
			.map((one) -> withoutDot(one.toLowerCase(Locale.ROOT)))
			.anyMatch((one) -> one.equals(host) || one.equals(host + ":" + address.port()));
	}

	/** A host may be written with the dot at the end of its name, which is the same. */
	private static String withoutDot(String host) {
		return host.replaceFirst("\\.(?=$|:[0-9]+$)", "");
	}

}
