package dev.latchkey.startup;

/**
 * What is wrong with one setting.
 *
 * @param setting its name, such as {@code latchkey.tokens.prefix}
 * @param sentence what is wrong, as a sentence that the name begins, without its full
 * stop
 */
record SettingFault(String setting, String sentence) {

	String line() {
		return "Setting %s %s.".formatted(this.setting, this.sentence);
	}

}
