package dev.latchkey.limit;

import dev.latchkey.startup.SettingFaults;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of all limits.
 *
 * @param enabled whether there are limits at all
 * @param token requests a minute with a token that has no limit of its own
 * @param signIn how many sign-ins of an account may fail from one network
 * @param signInElsewhere how many sign-ins of an account may fail from all networks that
 * it has not signed in from in 30 days
 * @param diagnose questions about tokens a minute and network that may be about none
 * @param reports reports of leaked tokens a minute and network
 * @param clients how many times a minute and network a client may not be known by its
 * credentials
 * @param clientDocuments documents of clients a minute and network
 * @param deviceCodes devices that ask for a code, and codes of devices that there are
 * not, a minute and network; of the latter a sixth of that by one account, from wherever
 */
@ConfigurationProperties("latchkey.limits")
record LimitProperties(@DefaultValue("true") boolean enabled, @DefaultValue("600") int token,
		@DefaultValue("10") int signIn, @DefaultValue("100") int signInElsewhere, @DefaultValue("60") int diagnose,
		@DefaultValue("60") int reports, @DefaultValue("60") int clients, @DefaultValue("60") int clientDocuments,
		@DefaultValue("60") int deviceCodes) {

	LimitProperties {
		new SettingFaults("latchkey.limits").require(token > 0, "token", "1 or more")
			.require(signIn > 0, "sign-in", "1 or more")
			.require(signInElsewhere > 0, "sign-in-elsewhere", "1 or more")
			.require(diagnose > 0, "diagnose", "1 or more")
			.require(reports > 0, "reports", "1 or more")
			.require(clients > 0, "clients", "1 or more")
			.require(clientDocuments > 0, "client-documents", "1 or more")
			.require(deviceCodes > 0, "device-codes", "1 or more")
			.raise();
	}

	/**
	 * Returns how many a minute and network are let through a door.
	 */
	int of(NetworkLimits.Door door) {
		return switch (door) {
			case DIAGNOSE -> this.diagnose;
			case REPORT -> this.reports;
			case CLIENT -> this.clients;
			case DOCUMENT -> this.clientDocuments;
			case DEVICE, USER_CODE -> this.deviceCodes;
			case USER_CODE_OF_ACCOUNT -> Math.max(1, this.deviceCodes / 6);
		};
	}

}
