;;; eglot.el --- a Go file with a mistake, and what eglot shows of it -*- lexical-binding: t -*-
;; The environment says how: RECIPE (of docs/editors.md), FILE, SEEN (a file for the result).
(package-initialize)
(require 'eglot)
(require 'flymake)
(require 'json)

(defun seen-findings ()
  "The findings that are shown in this buffer."
  (mapcar (lambda (finding)
            `((line . ,(line-number-at-pos (flymake-diagnostic-beg finding)))
              (text . ,(flymake-diagnostic-text finding))))
          (flymake-diagnostics)))

(defun seen ()
  "Open the file, and wait for findings."
  (load (getenv "RECIPE") nil t)
  (find-file (getenv "FILE"))
  (unless (eq major-mode 'go-mode) (go-mode))
  (call-interactively #'eglot)
  (let ((end (+ (float-time) 60)))
    (while (and (null (flymake-diagnostics)) (< (float-time) end))
      (accept-process-output nil 0.1)))
  (let ((findings (seen-findings)))
    (eglot-shutdown (eglot-current-server))
    findings))

(let ((result (condition-case failure
                  `((findings . ,(vconcat (seen))))
                (error `((error . ,(error-message-string failure)) (findings . []))))))
  (with-temp-file (getenv "SEEN") (insert (json-encode result))))
