package dev.latchkey.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import dev.latchkey.embedded.LatchkeyConfigurer;
import dev.latchkey.embedded.LatchkeyTokens;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The chain with the library's line, and tokens of a hundred users where
 * {@code --tokens=FILE} asks for them.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "dev.latchkey.embedded.LatchkeyTokens")
class WithTokens {

	private static final int TOKENS = 1000;

	private static final int OWNERS = 100;

	@Bean
	SecurityFilterChain chain(HttpSecurity http) {
		return WithoutTokens.chainOf(http).with(LatchkeyConfigurer.latchkey(), Customizer.withDefaults()).build();
	}

	@Bean
	ApplicationRunner makeTokens(LatchkeyTokens tokens) {
		return (arguments) -> {
			List<String> files = arguments.getOptionValues("tokens");
			if (files != null) {
				make(tokens, Path.of(files.get(0)));
			}
		};
	}

	private static void make(LatchkeyTokens tokens, Path file) throws IOException {
		Files.write(file,
				IntStream.range(0, TOKENS)
					.mapToObj((i) -> tokens.create("user-" + i % OWNERS, "Bench", "things:read").raw().reveal())
					.toList());
	}

}
