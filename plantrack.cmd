@echo off
rem Double-click: opens a window in this folder in which plantrack is known, and says what is to be done.
chcp 65001 >nul
cd /d "%~dp0"
if exist "%~dp0.venv\Scripts\plantrack.exe" set "PATH=%~dp0.venv\Scripts;%PATH%"
plantrack
cmd /k
