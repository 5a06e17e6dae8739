package dev.latchkey.startup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with the settings of one group, so that an operator reads all of
 * it at once. No value is repeated here; {@link SettingsCheck} knows which are secrets.
 */
public final class SettingFaults {

	private final String group;

	private final List<SettingFault> faults = new ArrayList<>();

	/**
	 * Begins with no fault.
	 * @param group what the names of the settings begin with, such as
	 * {@code latchkey.tokens}
	 */
	public SettingFaults(String group) {
		this.group = group;
	}

	/**
	 * Notes a fault unless the setting is as it has to be.
	 * @param holds whether it is
	 * @param name the setting's name within the group, such as {@code prune.cron}
	 * @param meant what it has to be, as the end of "has to be ..."
	 */
	public SettingFaults require(boolean holds, String name, String meant) {
		if (!holds) {
			add(name, "has to be " + meant);
		}
		return this;
	}

	/**
	 * Notes a fault.
	 * @param name the setting's name within the group
	 * @param sentence what is wrong, as a sentence that the name begins, without its full
	 * stop
	 */
	public SettingFaults add(String name, String sentence) {
		this.faults.add(new SettingFault(this.group + "." + name, sentence));
		return this;
	}

	/**
	 * Notes a fault unless a duration is longer than nothing.
	 * @param duration the duration, or null where it is left out
	 * @param name the setting's name within the group
	 */
	public SettingFaults requirePositive(@Nullable Duration duration, String name) {
		return require(duration == null || duration.compareTo(Duration.ZERO) > 0, name, "longer than nothing");
	}

	/**
	 * Ends the collection.
	 * @throws StartupFailure if there are faults
	 */
	public void raise() {
		if (!this.faults.isEmpty()) {
			throw new InvalidSettings(this.faults);
		}
	}

}
