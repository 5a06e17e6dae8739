package dev.latchkey.moving;

import dev.latchkey.startup.SettingFaults;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How large an import may be.
 *
 * @param maxSize how large a file may be
 */
@ConfigurationProperties("latchkey.import")
record ImportProperties(@DefaultValue("32MB") DataSize maxSize) {

	/** It is kept in memory as a whole. */
	private static final DataSize LARGEST = DataSize.ofMegabytes(512);

	ImportProperties {
		new SettingFaults("latchkey.import")
			.require(maxSize.toBytes() > 0 && maxSize.compareTo(LARGEST) <= 0, "max-size", "a size up to 512MB")
			.raise();
	}

}
