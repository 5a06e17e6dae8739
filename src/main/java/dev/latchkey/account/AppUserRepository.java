package dev.latchkey.account;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.value.Totals;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.transaction.annotation.Transactional;

interface AppUserRepository extends JpaRepository<AppUser, UUID> {

	/**
	 * The account of an address, by its key or as it was written before there were keys.
	 */
	String BY_ADDRESS = """
			select * from app_user where email_key = :key
			    or (lower(email) = lower(:email) and (email_key is null or email = :email))
			""";

	/** Whether anybody may administer. */
	String IS_ADMINISTERED = "select exists(select 1 from app_user where enabled and roles ~ 'ADMIN|SUPERUSER')";

	/** What a search finds, for its page and for its count. */
	String SEARCHED = " from app_user where lower(email) like lower(:pattern) escape '\\'"
			+ " or lower(name) like lower(:pattern) escape '\\'";

	/**
	 * What has no key yet, or another, was made by a node of the version before, or
	 * changed by hand.
	 */
	@NativeQuery(BY_ADDRESS)
	List<AppUser> findByAddress(String key, String email);

	/**
	 * Holds the account together with others who make something for it. The row is read
	 * as it is after that, since a lock of a row reads it anew.
	 */
	@NativeQuery("""
			with held as materialized (select hold_account(:id))
			select u.* from held, app_user u where u.id = :id for share of u
			""")
	Optional<AppUser> lockForShare(UUID id);

	/**
	 * Takes the account alone, after everybody who holds it and before everybody who
	 * comes later. Of two changes of a password at once, the second counts on from the
	 * first.
	 */
	@NativeQuery("""
			with held as materialized (select take_account(:id))
			select u.* from held, app_user u where u.id = :id for no key update of u
			""")
	Optional<AppUser> lock(UUID id);

	/**
	 * Takes the account alone without its row, which is locked later together with
	 * others.
	 */
	@NativeQuery("select 1 from take_account(:id)")
	int take(UUID id);

	/**
	 * Takes the account alone and, if it is an enabled administrator's, those of all the
	 * others with it, in one order: whether somebody is left is decided about all.
	 */
	@NativeQuery("""
			select count(take_account(taken.id)) from (
			    select id from app_user
			    where id = :id or (enabled and roles ~ 'ADMIN|SUPERUSER'
			        and exists(select 1 from app_user where id = :id and enabled and roles ~ 'ADMIN|SUPERUSER'))
			    order by id
			) taken
			""")
	long takeWithAdmins(UUID id);

	@NativeQuery(value = "select *" + SEARCHED + " order by lower(email), id",
			countQuery = "select count(*) from (select" + SEARCHED + " limit " + Totals.COUNTED + ") counted")
	Page<AppUser> search(String pattern, Pageable page);

	/**
	 * Touches nothing else: the account may have been changed while the hash was made.
	 */
	@Transactional
	@Modifying
	@NativeQuery("update app_user set password_hash = :hash where id = :id and password_hash = :before")
	void replaceHash(UUID id, String before, String hash);

	/**
	 * Locks every enabled administrator in one order, so that of two changes that would
	 * each leave the other's account as the last one, the second sees the first.
	 */
	@NativeQuery("select * from app_user where enabled and roles ~ 'ADMIN|SUPERUSER' order by id for update")
	List<AppUser> lockEnabledAdmins();

	@NativeQuery(IS_ADMINISTERED)
	boolean isAdministered();

	/**
	 * Makes nodes that start at once decide one after the other, until each commits,
	 * whether an administrator is to be made: there is no row yet to lock.
	 */
	@NativeQuery("select 1 from pg_advisory_xact_lock(7161837402965)")
	int lockFirstAdmin();

}
