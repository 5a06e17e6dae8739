package dev.latchkey.token;

import java.time.LocalDate;

/**
 * How much a token was used on a day.
 *
 * @param day the day in UTC
 * @param minutes in how many of its minutes there was a use
 */
public record DailyUse(LocalDate day, int minutes) {

}
