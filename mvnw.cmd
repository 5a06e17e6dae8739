@echo off
rem Runs Maven: the one on the PATH if it is 3.8 or newer, otherwise the one named in .mvn\maven.properties,
rem which is fetched once, verified and kept under %USERPROFILE%\.m2\wrapper.
setlocal

for /f "tokens=3" %%v in ('mvn --version 2^>nul ^| findstr /r /c:"Apache Maven [0-9]"') do (
	for /f "tokens=1,2 delims=." %%a in ("%%v") do (
		if %%a gtr 3 goto installed
		if %%a equ 3 if %%b geq 8 goto installed
	)
)

for /f "usebackq eol=# tokens=1,* delims==" %%k in ("%~dp0.mvn\maven.properties") do set "MVNW_%%k=%%l"
set "MVNW_WRAPPER=%USERPROFILE%\.m2\wrapper"
if not "%MAVEN_USER_HOME%"=="" set "MVNW_WRAPPER=%MAVEN_USER_HOME%\wrapper"
set "MVNW_MAVEN=%MVNW_WRAPPER%\apache-maven-%MVNW_version%"
if exist "%MVNW_MAVEN%\bin\mvn.cmd" goto fetched

echo mvnw: fetching Maven %MVNW_version% 1>&2
powershell -NoProfile -ExecutionPolicy Bypass -Command ^
	"$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue';" ^
	"New-Item -ItemType Directory -Force $env:MVNW_WRAPPER | Out-Null;" ^
	"$file = Join-Path $env:MVNW_WRAPPER ('maven-' + $PID + '.tar.gz');" ^
	"Invoke-WebRequest -UseBasicParsing -Uri $env:MVNW_url -OutFile $file;" ^
	"if ((Get-FileHash $file -Algorithm SHA512).Hash -ne $env:MVNW_sha512) { Remove-Item $file; throw 'what was fetched has another SHA-512 than the pinned one; not used' };" ^
	"& (Join-Path $env:SystemRoot 'System32\tar.exe') -xzf $file -C $env:MVNW_WRAPPER; $code = $LASTEXITCODE; Remove-Item $file; exit $code"
if errorlevel 1 exit /b 1

:fetched
call "%MVNW_MAVEN%\bin\mvn.cmd" %*
exit /b %errorlevel%

:installed
call mvn %*
exit /b %errorlevel%
