package dev.latchkey;

import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Threads for what is done from time to time: as many as there are tasks, so that none
 * waits for another that waits for the database. Spring Boot's scheduler for virtual
 * threads runs all tasks with a fixed delay on one.
 */
@Configuration(proxyBeanMethods = false)
class SchedulingConfiguration {

	static final int THREADS = 16;

	@Bean
	ThreadPoolTaskScheduler taskScheduler(ThreadPoolTaskSchedulerBuilder builder) {
		return builder.poolSize(THREADS).threadNamePrefix("task-").build();
	}

}
