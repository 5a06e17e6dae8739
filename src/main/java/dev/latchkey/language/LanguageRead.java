package dev.latchkey.language;

import java.util.UUID;

/**
 * Somebody who is known reads pages in a language.
 *
 * @param accountId who
 * @param language in which
 */
public record LanguageRead(UUID accountId, Language language) {

}
