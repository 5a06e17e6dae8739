package dev.latchkey;

import dev.latchkey.testing.OtherSettingsTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.config.ScheduledTaskHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No task waits for another, those included that not every server has.
 */
@OtherSettingsTest
class SchedulingTests {

	@Autowired
	private ThreadPoolTaskScheduler scheduler;

	@Autowired
	private ScheduledTaskHolder tasks;

	@Test
	void thereIsAThreadForEachTask() {
		assertThat(this.tasks.getScheduledTasks()).hasSizeGreaterThan(10)
			.hasSize(this.scheduler.getScheduledThreadPoolExecutor().getCorePoolSize());
	}

}
