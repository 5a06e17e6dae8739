package dev.latchkey.language;

import java.util.UUID;

/**
 * Says that somebody who is signed in reads pages in a language.
 *
 * @param accountId who
 * @param language in which
 */
public record LanguageRead(UUID accountId, Language language) {

}
