package dev.latchkey.page;

import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/**
 * Makes forms by their constructors alone. Spring's binder would otherwise go on to set
 * what the names of the fields lead to, and tell of a failure with the value in it.
 */
@ControllerAdvice
class PlainBinding {

	@InitBinder
	void constructorsAlone(WebDataBinder binder) {
		binder.setDeclarativeBinding(true);
	}

}
