package dev.latchkey.startup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.SmartApplicationListener;

/**
 * Keeps back what is logged until the server is ready, so that a start that stops prints
 * why and nothing else.
 * <p>
 * What is kept is printed when the server is ready, when a start takes longer than a
 * minute, and when it fails for a reason that only the whole log can explain.
 */
public class HeldOutput implements SmartApplicationListener {

	private static final Duration LONGEST = Duration.ofMinutes(1);

	private @Nullable Holder holder;

	@Override
	public boolean supportsEventType(Class<? extends ApplicationEvent> type) {
		return SpringApplicationEvent.class.isAssignableFrom(type);
	}

	// After the logging system has read its settings.
	@Override
	public int getOrder() {
		return LoggingApplicationListener.DEFAULT_ORDER + 1;
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof ApplicationEnvironmentPreparedEvent
				&& LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			this.holder = Holder.over(context);
		}
		else if (event instanceof ApplicationReadyEvent && this.holder != null) {
			this.holder.release();
		}
	}

	/**
	 * Stands before the appenders of the root logger.
	 */
	private static final class Holder extends AppenderBase<ILoggingEvent> {

		private final List<Appender<ILoggingEvent>> behind = new ArrayList<>();

		private final List<ILoggingEvent> held = new ArrayList<>();

		private final Timer timer = new Timer("held-output", true);

		private State state = State.HOLDING;

		static Holder over(LoggerContext context) {
			Holder holder = new Holder();
			holder.setContext(context);
			Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
			for (Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders(); all.hasNext();) {
				holder.behind.add(all.next());
			}
			holder.behind.forEach(root::detachAppender);
			holder.start();
			root.addAppender(holder);
			holder.timer.schedule(new TimerTask() {

				@Override
				public void run() {
					holder.release();
				}

			}, LONGEST.toMillis());
			return holder;
		}

		@Override
		protected synchronized void append(ILoggingEvent event) {
			if (this.state == State.HOLDING && isFailureOfTheWholeLog(event)) {
				release();
			}
			if (this.state == State.RELEASED || event.getLoggerName().equals(OneLineReporter.LOGGER)) {
				this.behind.forEach((appender) -> appender.doAppend(event));
				if (this.state == State.HOLDING && event.getLevel() == Level.ERROR) {
					this.state = State.SAID;
					this.held.clear();
				}
			}
			else if (this.state == State.HOLDING) {
				event.prepareForDeferredProcessing();
				this.held.add(event);
			}
		}

		// Spring Boot prints a failure that no analyzer knows, with its stack trace.
		private static boolean isFailureOfTheWholeLog(ILoggingEvent event) {
			return event.getLevel() == Level.ERROR && event.getLoggerName().equals(SpringApplication.class.getName());
		}

		synchronized void release() {
			this.timer.cancel();
			if (this.state == State.HOLDING) {
				this.state = State.RELEASED;
				this.held.forEach((event) -> this.behind.forEach((appender) -> appender.doAppend(event)));
				this.held.clear();
			}
		}

		@Override
		public void stop() {
			release();
			this.behind.forEach(Appender::stop);
			super.stop();
		}

	}

	/**
	 * Whether what is logged is kept back, is printed, or is no longer of interest since
	 * the reason of the failure has been said.
	 */
	private enum State {

		HOLDING, RELEASED, SAID

	}

}
