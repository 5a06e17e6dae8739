package dev.latchkey.account;

import dev.latchkey.caller.User;
import dev.latchkey.page.ListPlace;
import dev.latchkey.page.Paging;
import dev.latchkey.scope.RequiresScope;

import org.springframework.data.domain.Page;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Everybody's accounts, for administrators.
 */
@Controller
class UserListPage {

	private final UserService users;

	UserListPage(UserService users) {
		this.users = users;
	}

	@GetMapping("/admin/users")
	@RequiresScope("users:read")
	String list(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "0") String page, Model model) {
		int number = Paging.read(page);
		Page<User> found = this.users.search(q.strip(), number, Paging.SIZE);
		model.addAttribute("users", found.getContent());
		model.addAttribute("paging", Paging.of(number, found.getNumberOfElements(), found.getTotalElements()));
		model.addAttribute("q", q);
		model.addAttribute("place", ListPlace.of("q", q, "page", (number > 0) ? String.valueOf(number) : ""));
		return "users";
	}

}
