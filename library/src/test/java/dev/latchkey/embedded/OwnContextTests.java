package dev.latchkey.embedded;

import dev.latchkey.startup.StartupFailure;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.FilteredClassLoader;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an application has to bring along.
 */
class OwnContextTests {

	@Test
	void pagesNeedThymeleaf() {
		OwnContext.requireTemplates(getClass().getClassLoader());
		assertThatExceptionOfType(StartupFailure.class)
			.isThrownBy(() -> OwnContext.requireTemplates(new FilteredClassLoader("org.thymeleaf")))
			.withMessageContaining("spring-boot-starter-thymeleaf");
	}

}
