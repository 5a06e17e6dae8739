package dev.latchkey.limit;

import java.util.UUID;

import dev.latchkey.limit.NetworkLimits.Door;
import dev.latchkey.problem.TooManyException;
import io.github.bucket4j.TimeMeter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * How often an account may mistype the code of a device, wherever it is.
 */
class GuessedCodesTests {

	private final NetworkLimits limits = new NetworkLimits(new LimitProperties(true, 600, 10, 100, 60, 60, 60, 60, 60),
			TimeMeter.SYSTEM_NANOTIME);

	@Test
	void anAccountGuessesNoFasterFromManyNetworks() {
		UUID account = UUID.randomUUID();
		for (int i = 0; i < 10; i++) {
			this.limits.requireRoom(Door.USER_CODE_OF_ACCOUNT, account);
			this.limits.count(Door.USER_CODE_OF_ACCOUNT, account);
		}
		assertThatExceptionOfType(TooManyException.class)
			.isThrownBy(() -> this.limits.requireRoom(Door.USER_CODE_OF_ACCOUNT, account));
		assertThatNoException().isThrownBy(() -> this.limits.requireRoom(Door.USER_CODE_OF_ACCOUNT, UUID.randomUUID()));
	}

}
