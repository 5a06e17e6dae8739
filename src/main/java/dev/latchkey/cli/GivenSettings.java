package dev.latchkey.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The arguments of a call: settings, written as for the server, and all else. An option
 * of a command has no dot in its name.
 *
 * @param settings as {@code --name=value}
 * @param others words and options
 */
record GivenSettings(List<String> settings, List<String> others) {

	private static final Pattern SETTING = Pattern.compile("(?s)--[A-Za-z][A-Za-z0-9_-]*([.\\[][^=]*)=.*");

	/** Without hyphens and underscores, which the server passes over in a name. */
	private static final Pattern SECRET = Pattern
		.compile("(?i).*(password|passphrase|secret|pepper|encryptionkey|privatekey).*");

	/** As the server writes tokens, whatever the company part of the prefix is. */
	private static final Pattern TOKEN = Pattern.compile("(?s).*\\b[a-z0-9]{1,10}[por]_[0-9A-Za-z]{49}\\b.*");

	private static final Pattern WITH_PASSWORD = Pattern.compile("(?is).*[?&]password=.*");

	/**
	 * Sorts them.
	 * @throws UsageException if a secret is among them
	 */
	static GivenSettings of(String[] args) {
		List<String> settings = new ArrayList<>();
		List<String> others = new ArrayList<>();
		for (String arg : args) {
			if (TOKEN.matcher(arg).matches()) {
				throw new UsageException(
						"A token is no argument, which everybody on this machine could see. It comes by"
								+ " standard input or from a file; if this one is good, revoke it now.");
			}
			if (SETTING.matcher(arg).matches()) {
				requireOpen(arg);
				settings.add(arg);
			}
			else {
				others.add(arg);
			}
		}
		return new GivenSettings(List.copyOf(settings), List.copyOf(others));
	}

	private static void requireOpen(String setting) {
		int equals = setting.indexOf('=');
		String last = setting.substring(setting.lastIndexOf('.', equals) + 1, equals).replaceAll("[-_]", "");
		if (SECRET.matcher(last).matches() || WITH_PASSWORD.matcher(setting).matches()) {
			throw new UsageException("A setting that is a secret is no argument, which everybody on this machine could"
					+ " see. Set it in the environment or in a file.");
		}
	}

}
