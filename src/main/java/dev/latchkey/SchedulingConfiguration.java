package dev.latchkey;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/**
 * Threads for what is done from time to time: as many as there are tasks, so that none
 * waits for another that waits for the database. Spring Boot's scheduler for virtual
 * threads runs all tasks with a fixed delay on one.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class SchedulingConfiguration {

	@Bean
	ThreadPoolTaskScheduler taskScheduler(ThreadPoolTaskSchedulerBuilder builder) {
		return builder.poolSize(1).threadNamePrefix("task-").build();
	}

	/**
	 * Gives the scheduler a thread for each task. How many there are depends on the
	 * settings, and on what an application adds, and is known once all are registered.
	 */
	@Bean
	ApplicationListener<ApplicationStartedEvent> oneThreadATask(ThreadPoolTaskScheduler scheduler,
			ObjectProvider<ScheduledTaskHolder> tasks) {
		return (started) -> scheduler
			.setPoolSize(Math.max(1, tasks.stream().mapToInt((holder) -> holder.getScheduledTasks().size()).sum()));
	}

}
