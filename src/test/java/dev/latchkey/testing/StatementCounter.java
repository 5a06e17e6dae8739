package dev.latchkey.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Notes the SQL that the current thread prepares, so that a test can count it, and shows
 * that of every transaction to {@link LockOrder}.
 */
public class StatementCounter implements BeanPostProcessor {

	private static final ThreadLocal<List<String>> NOTED = new ThreadLocal<>();

	private static final Set<String> ENDS = Set.of("commit", "rollback");

	/**
	 * Runs an action and returns the SQL that it prepared in this thread.
	 */
	public static List<String> during(Runnable action) {
		NOTED.set(new ArrayList<>());
		try {
			action.run();
			return List.copyOf(NOTED.get());
		}
		finally {
			NOTED.remove();
		}
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		return (bean instanceof DataSource dataSource) ? new Counting(dataSource) : bean;
	}

	private static final class Counting extends DelegatingDataSource {

		private Counting(DataSource target) {
			super(target);
		}

		@Override
		public Connection getConnection() throws java.sql.SQLException {
			Connection connection = super.getConnection();
			LockOrder order = new LockOrder();
			return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
					(proxy, method, arguments) -> {
						if (method.getName().startsWith("prepare") && arguments != null
								&& arguments[0] instanceof String sql) {
							note(sql);
							if (!connection.getAutoCommit()) {
								order.prepare(sql);
							}
						}
						else if (ENDS.contains(method.getName())) {
							order.endTransaction();
						}
						try {
							Object result = method.invoke(connection, arguments);
							return (result instanceof Statement statement && !method.getName().startsWith("prepare"))
									? counting(statement) : result;
						}
						catch (InvocationTargetException ex) {
							throw ex.getCause();
						}
					});
		}

		private static Object counting(Statement statement) {
			return Proxy.newProxyInstance(Counting.class.getClassLoader(), new Class<?>[] { Statement.class },
					(proxy, method, arguments) -> {
						if (method.getName().startsWith("execute") && arguments != null
								&& arguments[0] instanceof String sql) {
							note(sql);
						}
						try {
							return method.invoke(statement, arguments);
						}
						catch (InvocationTargetException ex) {
							throw ex.getCause();
						}
					});
		}

		private static void note(String sql) {
			List<String> noted = NOTED.get();
			if (noted != null) {
				noted.add(sql);
			}
		}

	}

}
