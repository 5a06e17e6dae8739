package dev.latchkey.page;

/**
 * A moment as pages show it.
 *
 * @param iso for programs
 * @param full for people, with its zone
 * @param relative for people, from now on, for example {@code in 3 days}
 * @param end whether something ends then, so that midnight is written as 24:00
 */
public record FormattedTime(String iso, String full, String relative, boolean end) {

}
