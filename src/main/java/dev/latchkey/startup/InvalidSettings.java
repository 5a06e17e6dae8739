package dev.latchkey.startup;

import java.util.List;

/**
 * Stops the start because of settings that a record cannot accept.
 */
class InvalidSettings extends StartupFailure {

	private static final long serialVersionUID = 1L;

	// Nobody writes exceptions to a stream.
	private final transient List<SettingFault> faults;

	InvalidSettings(List<SettingFault> faults) {
		super(faults.stream().map(SettingFault::line).toList());
		this.faults = List.copyOf(faults);
	}

	List<SettingFault> faults() {
		return this.faults;
	}

}
