# What should pass on Windows before a release. Nobody has run it yet: a maintainer turns it on by copying
# .ci/windows.yml to .github/workflows/, or types it at the root of the repository in PowerShell.
$ErrorActionPreference = "Stop"
$PSNativeCommandUseErrorActionPreference = $true
function Test-Ended { if ($LASTEXITCODE -gt 1) { throw "ended with $LASTEXITCODE" } } # 1: done, and someone is needed

py -m venv .venv
.venv\Scripts\python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"

# Consoles in Thai (cp874), as old programs have them, and in UTF-8; a path with blanks and Thai letters, and a long one.
$folders = @("$env:TEMP\สำนักงาน ตัวอย่าง", ("$env:TEMP\" + (@("โฟลเดอร์ที่ชื่อยาวมาก") * 10 -join "\")))
foreach ($page in 874, 65001) {
    chcp $page | Out-Null
    foreach ($folder in $folders) {
        New-Item -ItemType Directory -Force -Path $folder | Out-Null
        Push-Location $folder
        & "$PSScriptRoot\..\.venv\Scripts\plantrack" demo "ทดลอง $page"; Test-Ended
        & "$PSScriptRoot\..\.venv\Scripts\plantrack" status q1 --workspace "ทดลอง $page"; Test-Ended
        Pop-Location
    }
}

# A file that another program holds is told, and nothing is lost.
$held = [IO.File]::Open("$($folders[0])\ทดลอง 65001\register.xlsx", "Open", "ReadWrite", "None")
& .venv\Scripts\plantrack register check --workspace "$($folders[0])\ทดลอง 65001"
if ($LASTEXITCODE -ne 2 -and $LASTEXITCODE -ne 1) { throw "a register that Excel holds ended with $LASTEXITCODE" }
$held.Close()

.venv\Scripts\python -m pytest -n logical -m "not office and not browser"
