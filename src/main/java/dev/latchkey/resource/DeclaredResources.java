package dev.latchkey.resource;

import dev.latchkey.scope.Scope;
import dev.latchkey.startup.StartupFailure;
import dev.latchkey.value.InvalidFieldsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Brings what the settings declare into the tables, before this node answers anybody.
 */
@Component
class DeclaredResources implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(DeclaredResources.class);

	private final ResourceProperties properties;

	private final ResourceDeclarations declarations;

	private boolean running;

	DeclaredResources(ResourceProperties properties, ResourceDeclarations declarations) {
		this.properties = properties;
		this.declarations = declarations;
	}

	@Override
	public void start() {
		try {
			warn(this.declarations.declare(this.properties.resources()));
		}
		catch (InvalidFieldsException ex) {
			throw new StartupFailure(ex.faults()
				.stream()
				.map((fault) -> "The resources of the settings cannot be had: %s %s.".formatted(fault.field(),
						fault.message()))
				.toList());
		}
		catch (ResourceConflictException ex) {
			throw new StartupFailure("The resources of the settings cannot be had: " + ex.getMessage());
		}
		this.running = true;
	}

	private static void warn(ResourceDeclarations.Kept kept) {
		for (Scope scope : kept.scopes()) {
			log.warn(
					"The settings do not have the scope {} any more, but living tokens hold it;"
							+ " it is retired since {}, with the resource {}",
					scope.name(), scope.retiredAt(), scope.resourceName());
		}
		for (String resource : kept.resources()) {
			log.warn("The settings do not have the resource {} any more, but living tokens or clients are bound to it;"
					+ " its name is kept until they have ended", resource);
		}
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Before the web server, which begins with the last of all. */
	@Override
	public int getPhase() {
		return 0;
	}

}
