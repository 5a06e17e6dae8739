package dev.latchkey.page;

import java.util.Objects;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.ConfigurableWebBindingInitializer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/**
 * Makes forms by their constructors alone. Spring's binder would otherwise go on to set
 * what the names of the fields lead to, and tell of a failure with the value in it.
 * <p>
 * It is said once of all binders: an advice with a method for them would be searched for
 * its annotations at every request, of the API too.
 */
@Component
class PlainBinding implements SmartInitializingSingleton {

	private final RequestMappingHandlerAdapter handlers;

	PlainBinding(RequestMappingHandlerAdapter handlers) {
		this.handlers = handlers;
	}

	@Override
	public void afterSingletonsInstantiated() {
		Objects.requireNonNull((ConfigurableWebBindingInitializer) this.handlers.getWebBindingInitializer())
			.setDeclarativeBinding(true);
	}

}
