package dev.latchkey.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;

/**
 * Runs a test against the whole server on a free port and a real PostgreSQL. Tests share
 * one server and make their own people ({@link People}), so that none disturbs another.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "management.server.port=0", "server.address=127.0.0.1", "management.server.address=127.0.0.1",
				"latchkey.leaks.keys=" + SecretScanner.SETTING, "spring.datasource.hikari.connection-timeout=3000",
				"latchkey.limits.token=1000000",
				// All tests come from one network, and many are refused on purpose.
				"latchkey.limits.sign-in=1000", "latchkey.limits.sign-in-elsewhere=10000",
				"latchkey.limits.diagnose=10000", "latchkey.limits.reports=10000", "latchkey.limits.clients=10000",
				"latchkey.limits.client-documents=10000", "latchkey.limits.device-codes=10000",
				"latchkey.oauth.client-documents.allowed-hosts=localhost" })
@AutoConfigureMockMvc
@Import(LatchkeyTestConfiguration.class)
@ExtendWith(ClockRestarter.class)
@Tag("server")
public @interface LatchkeyTest {

}
