package dev.latchkey.introspection;

import dev.latchkey.startup.SettingFaults;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many may follow what this node hears of changes.
 *
 * @param maxStreams how many streams this node has open at the most
 * @param maxStreamsPerCaller how many of them one client, or one account, has
 */
@ConfigurationProperties("latchkey.changes")
record StreamProperties(@DefaultValue("4000") int maxStreams, @DefaultValue("1000") int maxStreamsPerCaller) {

	StreamProperties {
		new SettingFaults("latchkey.changes").require(maxStreams > 0, "max-streams", "1 or more")
			.require(maxStreamsPerCaller > 0, "max-streams-per-caller", "1 or more")
			.raise();
	}

}
