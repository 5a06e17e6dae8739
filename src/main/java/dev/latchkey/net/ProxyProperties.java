package dev.latchkey.net;

import java.util.List;

import dev.latchkey.startup.SettingFaults;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is believed about where a request comes from, and what of it is read.
 *
 * @param trustedProxies addresses or blocks in CIDR notation of the proxies whose headers
 * are believed
 * @param forwarded which headers these proxies set, x-forwarded or rfc7239; those of the
 * other family are ignored
 */
@ConfigurationProperties("latchkey.security")
record ProxyProperties(@DefaultValue List<String> trustedProxies, @DefaultValue("x-forwarded") Family forwarded) {

	ProxyProperties {
		new SettingFaults("latchkey.security")
			.require(trustedProxies.stream().allMatch((text) -> IpNetwork.parse(text).isPresent()), "trusted-proxies",
					"a list of addresses and blocks such as 10.0.0.0/8 or 2001:db8::/32")
			.require(trustedProxies.stream().noneMatch(ProxyProperties::isEverybody), "trusted-proxies",
					"a list of proxies; a block of all addresses would believe everybody")
			.raise();
	}

	private static boolean isEverybody(String text) {
		return IpNetwork.parse(text).filter(IpNetwork::isAll).isPresent();
	}

	/**
	 * Whether anybody is believed who has this address: a block holds addresses of its
	 * own family alone.
	 */
	List<IpNetwork> proxies() {
		return this.trustedProxies.stream().map((text) -> IpNetwork.parse(text).orElseThrow()).toList();
	}

	/** The two ways in which proxies tell of the client. */
	enum Family {

		/** {@code X-Forwarded-For} and its like. */
		X_FORWARDED,

		/** The header {@code Forwarded}. */
		RFC7239

	}

}
